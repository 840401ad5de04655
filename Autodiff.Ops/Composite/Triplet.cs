using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Triplet loss: (1/n)·Σ max(0, ‖a − p‖ − ‖a − q‖ + margin): the anchor a shall be nearer to the positive p than to the negative q, by the margin.</summary>
/// <remarks>
/// Shapes: three times [..., d] → a scalar, the mean over all but the last axis. ā = (a − p)/‖a − p‖ − (a − q)/‖a − q‖ over n where the margin is not kept, else 0
/// (also where it is kept just so); p̄ and q̄ are the parts. Two equal vectors have the distance 0 with the derivative 0 (PyTorch adds 1e-6 to every difference
/// instead). NaN gives NaN. The mean of nothing is NaN.
/// Source: Schroff, Kalenichenko and Philbin, FaceNet (2015), with distances, not their squares.
/// </remarks>
public readonly struct Triplet : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("all within the margin", x => x[0].Triplet(x[1], x[2], margin: 9), Sample.Of(3, 4), Sample.Of(3, 4), Sample.Of(3, 4))];
}

public static partial class Variable
{
    extension<T>(Variable<T> anchor) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Triplet"/>
        /// <param name="positive">What the anchors shall be near to.</param>
        /// <param name="negative">What they shall be far from.</param>
        /// <param name="margin">By how much; finite.</param>
        /// <exception cref="ShapeException">The shapes differ, or there is no axis.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is not finite.</exception>
        public Scalar<T> Triplet(Variable<T> positive, Variable<T> negative, double margin = 1)
        {
            if (anchor.Shape.Rank == 0 || anchor.Shape != positive.Shape || anchor.Shape != negative.Shape)
                throw new ShapeException($"Triplet: the anchor is {anchor.Shape}, the positive {positive.Shape}, the negative {negative.Shape}; needs three times [..., d].");
            if (!double.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"Triplet: margin is {margin}; needs a finite number."));
            return ((anchor - positive).Norm(-1) - (anchor - negative).Norm(-1) + Variable<T>.Of(margin)).Relu().Mean();
        }
    }
}
