using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The mean of each window of the planes of x. Linear.</summary>
/// <remarks>Shapes: [batch, channels, h, w] → [batch, channels, oh, ow]. x̄ = <see cref="AvgPoolInput"/>(ȳ).</remarks>
/// <param name="Geometry">Planes, window and stride.</param>
internal readonly record struct AvgPool(PoolShape Geometry) : IOperation<AvgPool>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, in PoolShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new AvgPool(geometry), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], inputs[0][1], Geometry.OutputHeight, Geometry.OutputWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => Pooling.Average(step[0], step.Output, Geometry);

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, AvgPoolInput.Of(step.Cotangent, Geometry));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("unequal sides", x => Of(x[0], new PoolShape(4, 5, 4, 2, 3, 2, 1)), Sample.Of(2, 2, 5, 4))];
}
