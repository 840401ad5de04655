using System.Globalization;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The distances of all pairs of points, one from each of two sets: Dᵢⱼ = ‖aᵢ − bⱼ‖ of any order.</summary>
/// <remarks>
/// Shapes: [..., m, d], [..., n, d] → [..., m, n]; leading axes broadcast. āᵢ = Σⱼ D̄ᵢⱼ·(aᵢ − bⱼ)/Dᵢⱼ for the order 2, and 0 where points are equal, NaN where the distance is infinite; a zero cotangent contributes zero.
/// Where a distance is below 5.6e-309 (2.9e-39 in float), subnormal and not 0, its reciprocal and so the derivatives are infinite.
/// From the differences themselves, not the expanded square: near points keep their digits. Squares that leave the range of numbers do no harm. Other orders as in
/// <see cref="NormOfOrder"/>. Cost: m·n·d operations; for the order 2 no difference is kept, for others all of them are, [..., m, n, d].
/// </remarks>
public readonly record struct Distances : IOperation<Distances>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(inputs[0].Rank - 1, inputs[1][-2]);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int m = step.Shape(0)[-2], d = step.Shape(0)[-1], n = step.Shape(1)[-2], count = Squares.Count(step.Shape(0));
        for (int i = 0; i < count; i++)
            PairDifferences.Distances(step[0].Slice(i * m * d, m * d), step[1].Slice(i * n * d, n * d), step.Output.Slice(i * m * n, m * n), m, n, d);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // equal points are divided by ∞, not by 0: the derivatives of every order are 0 there
        Variable<T> a = step[0], b = step[1], y = step.Output, zero = T.Zero, infinity = T.PositiveInfinity, nan = T.NaN;
        Variable<T> divisor = Variable<T>.IfEqual(y, infinity, nan, Variable<T>.IfEqual(y, zero, infinity, y));
        Variable<T> w = Variable<T>.Apply<Chain>(step.Cotangent, divisor.Reciprocal());
        if (step.Wants(0)) step.Accumulate(0, Variable<T>.Apply(default(DifferenceSums), w, a, b));
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply(default(DifferenceSums), w.Transpose(), b, a));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two sets", x => x[0].Distances(x[1]), Sample.In(Domain.In((1, 2)), 2, 3), Sample.In(Domain.In((-2, -1)), 3, 3)),
        new("batches that are broadcast", x => x[0].Distances(x[1]), Sample.In(Domain.In((1, 2)), 2, 1, 2, 2), Sample.In(Domain.In((-2, -1)), 2, 1, 2)),
        new("of order 1", x => x[0].Distances(x[1], 1), Sample.In(Domain.In((1, 2)), 2, 2, 2), Sample.In(Domain.In((-2, -1)), 1, 2)),
    ];

    /// <summary>Sets in one shape of batches.</summary>
    internal static Variable<T> Of<T>(Variable<T> a, Variable<T> b, in Shape batch) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(default(Distances), InBatch(a, batch), InBatch(b, batch));

    private static Variable<T> InBatch<T>(Variable<T> x, in Shape batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape, whole = batch.Inserted(batch.Rank, shape[-2]).Inserted(batch.Rank + 1, shape[-1]);
        return shape == whole ? x : x.BroadcastTo(whole);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Distances"/>
        /// <param name="b">[..., n, d].</param>
        /// <param name="order">The order of the norm.</param>
        /// <exception cref="ShapeException">The shapes do not fit, or points of no coordinates have no norm of this order.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is NaN.</exception>
        public Variable<T> Distances(Variable<T> b, double order = 2)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank is < 2 or Shape.MaxRank || sb.Rank is < 2 or Shape.MaxRank || sa[-1] != sb[-1])
                throw new ShapeException($"Distances: a is {sa}, b is {sb}; needs a: [..., m, d], b: [..., n, d], of at most {Shape.MaxRank - 1} axes.");
            if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Distances: order is NaN; needs a number.");
            if (sa[-1] == 0 && (order < 0 || double.IsInfinity(order)))
                throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"Distances: a is {sa}, b is {sb}, order is {order}; needs points with at least one coordinate."));
            Shape batch = Shape.Broadcast("Distances", sa.Lengths[..^2], sb.Lengths[..^2]);
            return order == 2 ? Autodiff.Distances.Of(a, b, batch) : (a.Unsqueeze(-2) - b.Unsqueeze(-3)).Norm(-1, order);
        }
    }
}
