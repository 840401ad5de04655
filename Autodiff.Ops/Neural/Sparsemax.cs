using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>Sparsemax along an axis: the point of the probability simplex that is nearest to x, yᵢ = max(0, xᵢ − τ) with τ such that Σ y = 1.</summary>
/// <remarks>
/// Shapes: x's. x̄ = ȳ − the mean of ȳ over the support where y &gt; 0, else 0. Unlike softmax it gives exact zeros: what lies 1 or more below the greatest element always is one. Where an
/// element stands just at τ it does not belong to the support. An element of −∞ gives 0; a lane of nothing but −∞, or with +∞ or NaN, gives NaN, in the gradient, too. A lane whose ȳ
/// is zero gets zero. Cost: each lane is sorted. Source: Martins and Astudillo, From Softmax to Sparsemax (2016).
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
public readonly record struct Sparsemax(int Axis) : IOperation<Sparsemax>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        ReadOnlySpan<T> x = step[0];
        Span<T> y = step.Output;
        T[] rented = ArrayPool<T>.Shared.Rent(n);
        Span<T> lane = rented.AsSpan(0, n);
        for (int lanes = 0; n > 0 && lanes < outer * inner; lanes++)
        {
            int first = ((lanes / inner) * n * inner) + (lanes % inner);
            for (int i = 0; i < n; i++) lane[i] = x[first + (i * inner)];
            (T greatest, T threshold) = Threshold(lane);
            for (int i = 0; i < n; i++)
            {
                T above = x[first + (i * inner)] - greatest - threshold;
                y[first + (i * inner)] = above <= T.Zero ? T.Zero : above;
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = step.Output, yBar = step.Cotangent, zero = T.Zero, one = T.One;

        // a NaN is in the support, and makes the mean of its lane NaN
        Variable<T> support = Variable<T>.IfEqual(y, zero, zero, Variable<T>.IfEqual(y, y, one, y)), weighed = Variable<T>.Apply<Chain>(yBar, support);
        Variable<T> mean = Variable<T>.Apply<Chain>(weighed.Sum(Axis, keepDims: true), support.Sum(Axis, keepDims: true).Reciprocal());
        step.Accumulate(0, weighed - Variable<T>.Apply<Chain>(mean, support));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("all in the support", x => x[0].Sparsemax(1), Sample.In(Domain.In((-0.1, 0.1)), 2, 3)),
        new("a part of it, middle axis", x => (x[0] * x[0].Recording!.Tape.Constant(Factors<T>(), [3, 1])).Sparsemax(1), Sample.In(Domain.In((0.9, 1.1)), 2, 3, 2)),
    ];

    // elements near 1, 0.8 and −1: the last is never in
    private static T[] Factors<T>() where T : unmanaged, IFloatingPointIeee754<T> => [T.One, T.CreateTruncating(0.8), T.NegativeOne];

    // τ, both counted from the greatest element: of the sorted lane, (the sum of the first k − 1)/k for the greatest k for which the k-th is above it
    private static (T Greatest, T Threshold) Threshold<T>(Span<T> lane) where T : unmanaged, IFloatingPointIeee754<T>
    {
        lane.Sort(static (a, b) => b.CompareTo(a));
        T greatest = lane[0], sum = T.Zero, threshold = T.NegativeOne;
        if (T.IsNaN(lane[^1]) || !T.IsFinite(greatest)) return (T.NaN, T.NaN);
        for (int k = 0; k < lane.Length; k++)
        {
            T z = lane[k] - greatest, count = T.CreateTruncating(k + 1), next = (sum + z - T.One) / count;
            if (!(z > next)) break;
            (sum, threshold) = (sum + z, next);
        }

        return (greatest, threshold);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Sparsemax"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Sparsemax(int axis) => Variable<T>.Apply(new Sparsemax(x.Shape.Axis("Sparsemax", axis)), x);
    }
}
