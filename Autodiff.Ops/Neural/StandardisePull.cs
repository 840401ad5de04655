using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What bringing rows to mean 0 and variance 1 (<see cref="Standardise"/>) does to a cotangent w: z = r·(w − mean w − y·mean(w·y)).</summary>
/// <remarks>
/// Shapes: x and w alike, [..., n] → theirs. The matrix is symmetric: w̄ is the same matrix times z̄. For x̄, ⟨z̄, z⟩ = r·B with
/// B = Σ z̄·w − n·mean z̄·mean w − n·mean(z̄·y)·mean(w·y), ∂r/∂x = −r²·y/n, and y pulls v = −(z̄·mean(w·y) + w·mean(z̄·y)) back by the same matrix.
/// </remarks>
internal readonly record struct StandardisePull(double Epsilon) : IOperation<StandardisePull>
{
    public static Saved Saves => Saved.A | Saved.B;

    public static bool Adds => true;

    public static Variable<T> Of<T>(Variable<T> x, Variable<T> w, double epsilon) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new StandardisePull(epsilon), x, w);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        fixed (T* x = step[0], w = step[1], z = step.Output)
            if (n > 0) SharedRows.Run(new NormalisedRows<T> { X = x, W = w, Z = z, N = n, Epsilon = T.CreateTruncating(Epsilon), Adds = step.Adds }, step.Output.Length / n, n);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> x = step[0], w = step[1], zBar = step.Cotangent;
        step.Accumulate(1, this, x, zBar);
        if (!step.Wants(0)) return;
        Variable<T> y = Standardise.Of(x, Epsilon), r = ReciprocalDeviation.Of(x, Epsilon);
        Variable<T> zy = (zBar * y).Mean(-1, keepDims: true), wy = (w * y).Mean(-1, keepDims: true);

        // B / n
        Variable<T> b = (zBar * w).Mean(-1, keepDims: true) - (zBar.Mean(-1, keepDims: true) * w.Mean(-1, keepDims: true)) - (zy * wy);
        step.Accumulate(0, -(r.Square() * b * y));
        step.Accumulate(0, -(r * Of(x, (zBar * wy) + (w * zy), Epsilon)));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => Of(x[0], x[1], 1e-5), Sample.Of(3, 5), Sample.Of(3, 5)),
        new("a vector, a large epsilon", x => Of(x[0], x[1], 0.5), Sample.Of(4), Sample.Of(4)),
    ];
}
