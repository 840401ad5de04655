using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The reduced QR factors of a matrix: A = Q·R, Q with orthonormal columns, R upper triangular with a diagonal that is not negative.</summary>
/// <remarks>
/// Shapes: [..., m, n] → Q [..., m, k] and R [..., k, n], k = min(m, n). With that sign the factors of a matrix of full rank are the only ones (LAPACK leaves the signs
/// as they fall). Ā = (Q̄ + Q·(L + Lᵀ))·R⁻ᵀ, L the lower triangle, its diagonal halved, of R·R̄ᵀ − Q̄ᵀ·Q; what R̄ has below the diagonal does not count. Of a
/// wide matrix the first m columns are factored, the others are Q·(QᵀA). Where R has a zero on its diagonal the factors are there and the derivative is not: a sweep
/// that comes there is a <see cref="MatrixException"/> that names the pivot. NaN goes on, and an infinity becomes one.
/// Cost: 4·(m − n/3)·n² operations, column by column. Sources: Householder (1958); Walter and Lehmann, arXiv:1009.6112; Roberts and Roberts, arXiv:2009.10071.
/// </remarks>
public readonly record struct Qr : IOperation<Qr>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <summary>Q over R, one result: [..., m + n, n].</summary>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(inputs[0].Rank - 2, checked(inputs[0][-2] + inputs[0][-1]));

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        int m = shape[-2], n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++)
        {
            Span<T> factors = step.Output.Slice(i * (m + n) * n, (m + n) * n);
            QrFactors.Factor(step[0].Slice(i * m * n, m * n), factors[..(m * n)], factors[(m * n)..], m, n);
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        int m = shape[-2], n = shape[-1];
        RequireRank(step.Output, shape);
        Variable<T> q = step.Output.Slice(-2, 0, m), r = step.Output.Slice(-2, m, n), qBar = step.Cotangent.Slice(-2, 0, m);
        Variable<T> rBar = TriangularPart.Of(step.Cotangent.Slice(-2, m, n), false, 1);
        Variable<T> lower = TriangularPart.Of(Autodiff.MatMul.Of(r, rBar, false, true) - Autodiff.MatMul.Of(qBar, q, true, false), true, 0.5);
        Variable<T> sum = qBar + q.MatMul(lower + lower.Transpose());
        step.Accumulate(0, Variable<T>.Apply(new TriangularSolve(false, false, false), r, sum.Transpose()).Transpose());
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a tall batch", x => Product(Far(x[0]).Qr()), Sample.Of(2, 3, 2)),
        new("a wide matrix", x => Product(Far(x[0]).Qr()), Sample.Of(2, 3)),
    ];

    /// <summary>The factors of a tall matrix as one result.</summary>
    internal static Variable<T> Packed<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.Apply(default(Qr), a);

    private static void RequireRank<T>(Variable<T> packed, in Shape a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = a[-2], n = a[-1], count = Squares.Count(a);
        ReadOnlySpan<T> values = packed.Values;
        for (int i = 0; i < count; i++)
            for (int k = 0; k < n; k++)
                if (values[(((i * (m + n)) + m + k) * n) + k] == T.Zero) throw MatrixException.Dependent("Qr", a, i, k);
    }

    // with columns that are far from dependent
    private static Variable<T> Far<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        return x + Variable<T>.Apply(new PlaceDiagonal(0, [shape[-2], shape[-1]]), x.Recording!.Tape.Constant([T.CreateTruncating(4), T.CreateTruncating(-5)], [2]));
    }

    // both factors, each with weights of its own
    private static Variable<T> Product<T>((Variable<T> Q, Variable<T> R) factors) where T : unmanaged, IFloatingPointIeee754<T>
        => factors.Q.Square().MatMul(factors.R) + factors.R.Square().Sum();
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Qr"/>
        /// <exception cref="ShapeException">It is not a matrix or a batch of them.</exception>
        public (Variable<T> Q, Variable<T> R) Qr()
        {
            Shape shape = a.Shape;
            if (shape.Rank < 2) throw new ShapeException($"Qr: a is {shape}; needs a matrix or a batch of them, [..., m, n].");
            int m = shape[-2], n = shape[-1];
            Variable<T> packed = Autodiff.Qr.Packed(m < n ? a.Slice(-1, 0, m) : a), q = packed.Slice(-2, 0, m), r = packed.Slice(-2, m, Math.Min(m, n));
            return (q, m < n ? Variable.Concat([r, Autodiff.MatMul.Of(q, a.Slice(-1, m, n - m), true, false)], -1) : r);
        }
    }
}
