using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The pseudo-inverse of Moore and Penrose: Y = V·diag(1/s)·Uᵀ of the singular values above a limit; of an invertible matrix, its inverse.</summary>
/// <remarks>
/// Shapes: [..., m, n] → [..., n, m]. Values up to tolerance · the greatest count as zero; the tolerance is ε·max(m, n) unless it is given.
/// Ā = −YᵀȲYᵀ + (I − A·Y)·Ȳᵀ·Y·Yᵀ + Yᵀ·Y·Ȳᵀ·(I − Y·A), right where the rank stays as it is; where it changes Y jumps. Y·b is the least-squares solution of
/// the least length, also of a matrix that has not full rank. A NaN or infinity makes the result NaN. Cost: that of <see cref="Autodiff.Svd"/>. Source: Golub and Pereyra (1973).
/// </remarks>
/// <param name="Tolerance">What counts as zero, as a part of the greatest singular value.</param>
public readonly record struct Pinv(double Tolerance) : IOperation<Pinv>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape a = inputs[0];
        return a.With(a.Rank - 2, a[-1]).With(a.Rank - 1, a[-2]);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.Shape(0);
        int m = shape[-2], n = shape[-1], k = Math.Min(m, n), count = Squares.Count(shape);
        T[] rented = ArrayPool<T>.Shared.Rent((m + 1 + n) * k);
        Span<T> u = rented.AsSpan(0, m * k), s = rented.AsSpan(m * k, k), v = rented.AsSpan((m + 1) * k, n * k);
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (!SingularValues.Factor(step[0].Slice(i * m * n, m * n), u, s, v, m, n)) throw MatrixException.NoConvergence("Pinv", shape, i, 0);
                Span<T> y = step.Output.Slice(i * n * m, n * m);
                y.Clear();
                if (k == 0) continue;
                T limit = T.CreateTruncating(Tolerance) * s[0];
                for (int j = 0; j < k; j++) s[j] = s[j] <= limit ? T.Zero : T.One / s[j];
                for (int row = 0; row < n; row++)
                {
                    TensorPrimitives.Multiply(v.Slice(row * k, k), s, v.Slice(row * k, k));
                    for (int column = 0; column < m; column++) y[(row * m) + column] = TensorPrimitives.Dot<T>(v.Slice(row * k, k), u.Slice(column * k, k));
                }
            }
        }
        finally { ArrayPool<T>.Shared.Return(rented); }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> a = step[0], y = step.Output, yBar = step.Cotangent;
        Variable<T> first = Autodiff.MatMul.Of(Autodiff.MatMul.Of(y, yBar, true, false), y, false, true);
        Variable<T> left = Autodiff.MatMul.Of(Autodiff.MatMul.Of(yBar, y, true, false), y, false, true);
        Variable<T> right = Autodiff.MatMul.Of(y, Autodiff.MatMul.Of(y, yBar, false, true), true, false);
        step.Accumulate(0, left - a.MatMul(y.MatMul(left)) + (right - right.MatMul(y).MatMul(a)) - first);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a tall batch", x => Far(x[0]).Pinv(), Sample.Of(2, 3, 2)),
        new("of rank 1", x => (x[0].Reshape([3, 1]) * x[1]).Pinv(1e-3), Sample.In(Domain.Positive, 3), Sample.In(Domain.Positive, 2)),
    ];

    private static Variable<T> Far<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
        => x + Variable<T>.Apply(new PlaceDiagonal(0, [x.Shape[-2], x.Shape[-1]]), x.Recording!.Tape.Constant([T.CreateTruncating(5), T.CreateTruncating(-4)], [2]));
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Pinv"/>
        /// <param name="tolerance">Singular values up to this part of the greatest count as zero; ε·max(m, n) if left out.</param>
        /// <exception cref="ShapeException">It is not a matrix or a batch of them.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The tolerance is not in [0, 1).</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public Variable<T> Pinv(double? tolerance = null)
        {
            Shape shape = a.Shape;
            if (shape.Rank < 2) throw new ShapeException($"Pinv: a is {shape}; needs a matrix or a batch of them, [..., m, n].");
            if (!(tolerance is null or >= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(tolerance), string.Create(CultureInfo.InvariantCulture, $"Pinv: tolerance is {tolerance}; needs a number from 0 up to, not including, 1."));
            double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
            return Variable<T>.Apply(new Pinv(tolerance ?? (unit * Math.Max(shape[-2], shape[-1]))), a);
        }
    }
}
