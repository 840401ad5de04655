using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Rows brought to mean 0 and variance 1: y = (x − μ)·r, r = 1 / √(σ² + ε).</summary>
/// <remarks>
/// Shapes: [..., n] → x's; n is at least 1. x̄ = r·(ȳ − mean ȳ − y·mean(ȳ·y)), the means over the row. A row of equal elements gives 0, with finite gradients as long as ε &gt; 0.
/// </remarks>
internal readonly record struct Standardise(double Epsilon) : IOperation<Standardise>
{
    public static Saved Saves => Saved.A;

    public static Variable<T> Of<T>(Variable<T> x, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Standardise(epsilon), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        fixed (T* x = step[0], y = step.Output)
            if (n > 0) SharedRows.Run(new NormalisedRows<T> { X = x, Y = y, N = n, Epsilon = T.CreateTruncating(Epsilon) }, step.Output.Length / n, n);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, new StandardisePull(Epsilon), step[0], step.Cotangent);

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Of(x[0], 1e-5), Sample.Of(3, 5)),
        new("a vector, a large epsilon", x => Of(x[0], 0.5), Sample.Of(4)),
    ];
}
