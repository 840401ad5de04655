using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The transpose of <see cref="AvgPool"/>: every pixel gets its share of each window it is in. Linear.</summary>
/// <remarks>Shapes: [batch, channels, oh, ow] → [batch, channels, h, w]. x̄ = <see cref="AvgPool"/>(ȳ).</remarks>
/// <param name="Geometry">Planes, window and stride of the pooling.</param>
internal readonly record struct AvgPoolInput(PoolShape Geometry) : IOperation<AvgPoolInput>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, in PoolShape geometry) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new AvgPoolInput(geometry), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], inputs[0][1], Geometry.Height, Geometry.Width];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.Output.Clear();
        Pooling.AverageScatterAdd(step[0], step.Output, Geometry);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, AvgPool.Of(step.Cotangent, Geometry));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("unequal sides", x => Of(x[0], new PoolShape(4, 5, 4, 2, 3, 2, 1)), Sample.Of(2, 2, 2, 2))];
}
