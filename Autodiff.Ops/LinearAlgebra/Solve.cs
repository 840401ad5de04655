using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The solution of a linear system, X = op(A)⁻¹·B, op being the transpose where it is asked for.</summary>
/// <remarks>
/// Shapes: [n, n], [n, k] (or [n]) → that of B; leading axes are batches and broadcast. B̄ = op(A)⁻ᵀ·X̄, Ā = −B̄·Xᵀ (its transpose where op is one).
/// A NaN goes on. A singular matrix is a <see cref="MatrixException"/> that names the pivot; one that is nearly so gives large numbers.
/// By factors L·U with the greatest element of a column as pivot, made anew for the derivative; 2n³/3 operations and 2n²·k.
/// </remarks>
/// <param name="Transposed">Whether the system is that of Aᵀ.</param>
public readonly record struct Solve(bool Transposed) : IOperation<Solve>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.System("Solve", inputs[0], inputs[1]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0), y = step.OutputShape;
        int n = y[-2], k = y[-1], factored = -1;
        var batches = new Batches(y, shape, step.Shape(1));
        Span<T> factors = Workspace<T>.Factors(n * n);
        Span<int> swaps = Workspace<int>.Factors(n);
        for (int i = 0, count = batches.Count; i < count; i++)
        {
            (int atA, int atB) = batches.At(i);
            if (atA != factored)
            {
                step[0].Slice(atA * n * n, n * n).CopyTo(factors);
                if (LuFactors.Factor(factors, swaps, n) is >= 0 and int pivot) throw MatrixException.Singular("Solve", shape, atA, pivot);
                factored = atA;
            }

            Span<T> x = step.Output.Slice(i * n * k, n * k);
            step[1].Slice(atB * n * k, n * k).CopyTo(x);
            LuFactors.Solve(factors, swaps, x, n, k, Transposed);
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> bBar = Variable<T>.Apply(new Solve(!Transposed), step[0], step.Cotangent);
        step.Accumulate(1, bBar);
        if (!step.Wants(0)) return;
        Variable<T> negative = -bBar, x = step.Output;
        if (Transposed) step.Accumulate(0, new MatMul(false, true), x, negative);
        else step.Accumulate(0, new MatMul(false, true), negative, x);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Squares.Shifted(x[0], 4).Solve(x[1]), Sample.Of(3, 3), Sample.Of(3, 2)),
        new("a vector", x => Squares.Shifted(x[0], 4).Solve(x[1]), Sample.Of(3, 3), Sample.Of(3)),
        new("transposed", x => Variable<T>.Apply(new Solve(true), Squares.Shifted(x[0], 4), x[1]), Sample.Of(3, 3), Sample.Of(3, 2)),
        new("a batch that is broadcast", x => Squares.Shifted(x[0], -4).Solve(x[1]), Sample.Of(2, 1, 2, 2), Sample.Of(3, 2, 1)),
        new("rows exchanged", x => Squares.Shifted(x[0], 4).Flipped().Solve(x[1]), Sample.Of(3, 3), Sample.Of(3, 1)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Solve"/>
        /// <param name="b">[..., n, k], or a vector [n]; leading axes broadcast.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="MatrixException">The matrix is singular.</exception>
        public Variable<T> Solve(Variable<T> b) => Squares.Apply("Solve", new Solve(false), a, b);
    }
}
