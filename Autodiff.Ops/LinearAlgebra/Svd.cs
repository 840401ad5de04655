using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The thin singular value decomposition: A = U·diag(s)·Vᵀ, U and V with orthonormal columns, s ≥ 0.</summary>
/// <remarks>
/// Shapes: [..., m, n] → U [..., m, k], s [..., k], descending, and Vᵀ [..., k, n], k = min(m, n). A column of U has a sign that makes its element of the greatest
/// magnitude positive. With F = 1/(sⱼ² − sᵢ²) beside the diagonal and S = diag(s):
/// Ā = U·((F∘(UᵀŪ − ŪᵀU))·S + S·(F∘(VᵀV̄ − V̄ᵀV)) + diag(s̄))·Vᵀ + (Ū − U·UᵀŪ)·S⁻¹·Vᵀ + U·S⁻¹·(V̄ − V·VᵀV̄)ᵀ. Nearly equal singular values, and small ones
/// of a matrix that is not square: the derivative of the vectors grows with 1/gap and 1/s; that of s does not. At equal values, or 0, the vectors have no
/// derivative: where their cotangent turns them it is infinite or NaN, where it does not, as where only s is used, it contributes nothing (the second derivatives are NaN there).
/// A NaN or infinity makes all results NaN. Cost: rotations of all pairs, 6 to 10 times, together about 30·max(m, n)·k² + 25·k³ operations: for small and middle matrices. An
/// iteration that does not end is a <see cref="MatrixException"/>. Sources: Hestenes (1958), one-sided Jacobi; Townsend, Differentiating the singular value decomposition (2016).
/// </remarks>
public readonly record struct Svd : IOperation<Svd>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <summary>U over s over V, one result: [..., m + 1 + n, k].</summary>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape a = inputs[0];
        return a.With(a.Rank - 1, Math.Min(a[-2], a[-1])).With(a.Rank - 2, checked(a[-2] + 1 + a[-1]));
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        int m = shape[-2], n = shape[-1], k = Math.Min(m, n), count = Squares.Count(shape);
        for (int i = 0; i < count; i++)
        {
            Span<T> result = step.Output.Slice(i * (m + 1 + n) * k, (m + 1 + n) * k);
            if (!SingularValues.Factor(step[0].Slice(i * m * n, m * n), result[..(m * k)], result.Slice(m * k, k), result[((m + 1) * k)..], m, n))
                throw MatrixException.NoConvergence("Svd", shape, i, 0);
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0), packed = step.Output.Shape;
        int m = shape[-2], n = shape[-1], k = packed[-1];
        (Variable<T> u, Variable<T> s, Variable<T> v) = Parts(step.Output, m, n);
        (Variable<T> uBar, Variable<T> sBar, Variable<T> vBar) = Parts(step.Cotangent, m, n);
        Shape values = packed.Without(packed.Rank - 2), squares = values.Inserted(values.Rank - 1, k);
        Variable<T> f = ReciprocalGaps.Of(s.Square().Reshape(values)), column = s.Reshape(values.Inserted(values.Rank, 1));
        Variable<T> alongU = Autodiff.MatMul.Of(u, uBar, true, false), alongV = Autodiff.MatMul.Of(v, vBar, true, false);
        Variable<T> inner = (Variable<T>.Apply<Chain>(alongU - alongU.Transpose(), f) * s) + (column * Variable<T>.Apply<Chain>(alongV - alongV.Transpose(), f))
            + Variable<T>.Apply(new PlaceDiagonal(0, squares), sBar.Reshape(values));
        Variable<T> left = Autodiff.MatMul.Of(u, inner, false, false);

        // what leaves the columns' space; there is nothing of it where U or V is square
        if (m > k) left += Variable<T>.Apply<Chain>(uBar - Autodiff.MatMul.Of(u, alongU, false, false), s.Reciprocal());
        step.Accumulate(0, new MatMul(false, true), left, v);
        if (n > k) step.Accumulate(0, new MatMul(false, true), u, Variable<T>.Apply<Chain>(vBar - Autodiff.MatMul.Of(v, alongV, false, false), s.Reciprocal()));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a tall batch", x => Product(Apart(x[0]).Svd()), Sample.Of(2, 3, 2)),
        new("a wide matrix", x => Product(Apart(x[0]).Svd()), Sample.Of(2, 3)),
        new("values of a square", x => Apart(x[0]).Svd().S, Sample.Of(2, 2)),
    ];

    private static (Variable<T> U, Variable<T> S, Variable<T> V) Parts<T>(Variable<T> packed, int m, int n) where T : unmanaged, IFloatingPointIeee754<T>
        => (packed.Slice(-2, 0, m), packed.Slice(-2, m, 1), packed.Slice(-2, m + 1, n));

    // with singular values that are far apart
    private static Variable<T> Apart<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        return x + Variable<T>.Apply(new PlaceDiagonal(0, [shape[-2], shape[-1]]), x.Recording!.Tape.Constant([T.CreateTruncating(16), T.CreateTruncating(-6)], [2]));
    }

    private static Variable<T> Product<T>((Variable<T> U, Variable<T> S, Variable<T> Vt) factors) where T : unmanaged, IFloatingPointIeee754<T>
        => (factors.U.Square() * factors.S.Unsqueeze(-2)).MatMul(factors.Vt.Square()) + factors.U.MatMul(factors.Vt);
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Svd"/>
        /// <exception cref="ShapeException">It is not a matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public (Variable<T> U, Variable<T> S, Variable<T> Vt) Svd()
        {
            Shape shape = a.Shape;
            if (shape.Rank < 2) throw new ShapeException($"Svd: a is {shape}; needs a matrix or a batch of them, [..., m, n].");
            int m = shape[-2], n = shape[-1];
            Variable<T> packed = Variable<T>.Apply(default(Svd), a), s = packed.Slice(-2, m, 1);
            return (packed.Slice(-2, 0, m), s.Reshape(s.Shape.Without(shape.Rank - 2)), packed.Slice(-2, m + 1, n).Transpose());
        }

        /// <summary>The singular values alone, [..., m, n] → [..., min(m, n)], descending: those of <see cref="Autodiff.Svd"/>, at its cost.</summary>
        /// <exception cref="ShapeException">It is not a matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public Variable<T> SingularValues()
        {
            Shape shape = a.Shape;
            if (shape.Rank < 2) throw new ShapeException($"SingularValues: a is {shape}; needs a matrix or a batch of them, [..., m, n].");
            Variable<T> s = Variable<T>.Apply(default(Svd), a).Slice(-2, shape[-2], 1);
            return s.Reshape(s.Shape.Without(shape.Rank - 2));
        }
    }
}
