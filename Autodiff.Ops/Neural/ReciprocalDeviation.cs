using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The factor that brings a row to variance 1: r = 1 / √(σ² + ε).</summary>
/// <remarks>Shapes: [..., n] → [..., 1]. x̄ = −r̄·r²·y / n, with the row brought to mean 0 and variance 1 as y (<see cref="Standardise"/>).</remarks>
internal readonly record struct ReciprocalDeviation(double Epsilon) : IOperation<ReciprocalDeviation>
{
    public static Saved Saves => Saved.A | Saved.Output;

    public static Variable<T> Of<T>(Variable<T> x, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new ReciprocalDeviation(epsilon), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(inputs[0].Rank - 1, 1);

    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* x = step[0], r = step.Output)
            SharedRows.Run(new NormalisedRows<T> { X = x, R = r, N = step.Shape(0)[-1], Epsilon = T.CreateTruncating(Epsilon) }, step.Output.Length, step.Shape(0)[-1]);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> x = step[0], r = step.Output;
        step.Accumulate(0, step.Cotangent * r.Square() * Standardise.Of(x, Epsilon) * Variable<T>.Of(-1.0 / step.Shape(0)[-1]));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("rows", x => Of(x[0], 1e-5), Sample.Of(3, 5)), new("a vector, a large epsilon", x => Of(x[0], 0.5), Sample.Of(4))];
}
