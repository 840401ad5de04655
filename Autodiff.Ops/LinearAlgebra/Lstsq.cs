using System.Numerics;

namespace Autodiff;

/// <summary>The least-squares solution of A·X = B: the X with the least ‖A·X − B‖, of a wide A that of the least length.</summary>
/// <remarks>
/// Shapes: [..., m, n], [..., m, k] (or [m]) → [..., n, k] (or [n]); leading axes are batches and broadcast. By the factors A = Q·R, X = R⁻¹·QᵀB, and of a wide matrix
/// Aᵀ = Q·R, X = Q·R⁻ᵀ·B: nothing is squared. The derivative is that of these operations, to any order. A must have full rank: a zero on the diagonal of R, or one
/// that is only rounding (ε·max(m, n) of the greatest), is a <see cref="MatrixException"/>; for other matrices there is <see cref="Autodiff.Pinv"/>. NaN goes on.
/// Cost: that of <see cref="Autodiff.Qr"/>.
/// </remarks>
public readonly struct Lstsq : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a tall matrix and a vector", x => Far(x[0]).Lstsq(x[1]), Sample.Of(3, 2), Sample.Of(3)),
        new("a wide batch", x => Far(x[0]).Lstsq(x[1]), Sample.Of(2, 2, 3), Sample.Of(2, 1)),
    ];

    internal static Variable<T> Of<T>(Variable<T> a, Variable<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sa = a.Shape, sb = b.Shape;
        bool isWide = sa[-2] < sa[-1];
        (Variable<T> q, Variable<T> r) = (isWide ? a.Transpose() : a).Qr();
        RequireRank(sa, r);
        Variable<T> right = sb.Rank == 1 ? b.Reshape([sb[0], 1]) : b;
        Variable<T> x = isWide ? q.MatMul(r.TriangularSolve(right, lower: false, transpose: true))
            : r.TriangularSolve(Autodiff.MatMul.Of(q, right, true, false), lower: false);
        return sb.Rank == 1 ? x.Reshape(x.Shape.Without(x.Shape.Rank - 1)) : x;
    }

    /// <summary>Refuses a matrix of too low a rank.</summary>
    private static void RequireRank<T>(in Shape a, Variable<T> r) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = r.Shape[-1], count = Squares.Count(r.Shape);
        T unit = (T.BitIncrement(T.One) - T.One) * T.CreateTruncating(Math.Max(a[-2], a[-1]));
        ReadOnlySpan<T> values = r.Values;
        for (int i = 0; i < count; i++)
        {
            T greatest = T.Zero;
            for (int j = 0; j < k; j++) greatest = T.Max(greatest, values[(((i * k) + j) * k) + j]);
            for (int j = 0; j < k; j++)
                if (values[(((i * k) + j) * k) + j] <= unit * greatest) throw MatrixException.Dependent("Lstsq", a, i, j);
        }
    }

    private static Variable<T> Far<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
        => x + Variable<T>.Apply(new PlaceDiagonal(0, [x.Shape[-2], x.Shape[-1]]), x.Recording!.Tape.Constant([T.CreateTruncating(5), T.CreateTruncating(-4)], [2]));
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Lstsq"/>
        /// <param name="b">[..., m, k], or a vector [m]; leading axes broadcast.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="MatrixException">The matrix has not full rank.</exception>
        public Variable<T> Lstsq(Variable<T> b)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank < 2 || sb.Rank == 0 || sb[sb.Rank == 1 ? 0 : -2] != sa[-2])
                throw new ShapeException($"Lstsq: a is {sa}, b is {sb}; needs a: [m, n], b: [m, k] (or [m]), with leading axes that broadcast.");
            Recording<T> recording = a.Recording ?? throw new InvalidOperationException("Lstsq: a plain number is on no tape; needs a variable of a tape.");
            (int steps, int nodes, int attributes) = (recording.Count, recording.NodeCount, recording.Attributes.Length);
            try { return Autodiff.Lstsq.Of(a, b); }
            catch
            {
                recording.DropTemporaries(steps, nodes, attributes);   // the factors
                throw;
            }
        }
    }
}
