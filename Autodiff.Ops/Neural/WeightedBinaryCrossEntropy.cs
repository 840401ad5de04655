using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Cross entropy of a logistic model whose class 1 counts p times, of its logit x and the target t: y = −p·t·ln σ(x) − (1 − t)·ln(1 − σ(x)). The surface member takes the
/// mean over all elements, each times a weight of its own if there are such.
/// </summary>
/// <remarks>
/// ∂y/∂x = (1 − t)·σ(x) − p·t·σ(−x), ∂y/∂t = p·ln(1 + e^(−x)) − ln(1 + eˣ), ∂y/∂p = t·ln(1 + e^(−x)). Computed as p·t·ln(1 + e^(−x)) + (1 − t)·ln(1 + eˣ): no overflow, all digits
/// where the loss is small, and 0 at an infinite logit on the target's side. With p = the number of negatives over that of positives, both classes count alike. The mean is
/// over the number of elements, whatever the weights, as in PyTorch. A weight of 0 leaves an element out even if its loss is infinite or NaN. NaN in any other gives NaN. The mean of nothing is NaN.
/// The order of the arguments is target, p, weight; PyTorch's argument after the target is <c>weight</c>, its pos_weight the last.
/// </remarks>
public readonly struct WeightedBinaryCrossEntropy : ITernary<WeightedBinaryCrossEntropy>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.C;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.In((0, 1)), Autodiff.Domain.In((0.5, 3)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
        => Share(c * b, Autodiff.Softplus.Primal(-a)) + Share(R.Of(1) - b, Autodiff.Softplus.Primal(a));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => ((R.Of(1) - b) * a.Sigmoid()) - (c * b * (-a).Sigmoid());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => Linear(c, (-a).Softplus()) - a.Softplus();

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => Linear(b, (-a).Softplus());

    // 0·∞ does not count, but a NaN does
    private static R Share<R>(R weight, R loss) where R : struct, IReal<R>
        => R.IfEqual(weight, R.Of(0), R.IfEqual(loss, loss, R.Of(0), loss), weight * loss);

    // the same, with the loss as its derivative by the weight, at 0, too
    private static R Linear<R>(R weight, R loss) where R : struct, IReal<R> => R.IfEqual(loss, loss, R.Apply<Chain>(weight, loss), loss);
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.WeightedBinaryCrossEntropy"/>
        /// <param name="target">Probabilities of the class 1, of the logits' shape.</param>
        /// <param name="positiveWeight">p, a number or a shape that broadcasts to the logits': one for each class that stands along the last axis, for example.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Scalar<T> BinaryCrossEntropyWithLogits(Variable<T> target, Variable<T> positiveWeight)
        {
            Shape shape = Autodiff.BinaryCrossEntropyWeights.Check(logits.Shape, target.Shape, positiveWeight.Shape);
            return Variable<T>.Apply<WeightedBinaryCrossEntropy>(logits, target, positiveWeight).Sum() / T.CreateChecked(shape.Size);
        }

        /// <inheritdoc cref="Autodiff.WeightedBinaryCrossEntropy"/>
        /// <param name="target">Probabilities of the class 1, of the logits' shape.</param>
        /// <param name="positiveWeight">p, a number or a shape that broadcasts to the logits'; 1 for none.</param>
        /// <param name="weight">What each element counts; it broadcasts to the logits.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Scalar<T> BinaryCrossEntropyWithLogits(Variable<T> target, Variable<T> positiveWeight, Variable<T> weight)
        {
            Shape shape = Autodiff.BinaryCrossEntropyWeights.Check(logits.Shape, target.Shape, positiveWeight.Shape);
            Autodiff.BinaryCrossEntropyWeights.Check(shape, shape, weight.Shape);
            Variable<T> losses = Variable<T>.Apply<WeightedBinaryCrossEntropy>(logits, target, positiveWeight);
            return Variable<T>.Apply<Chain>(weight, losses).Sum() / T.CreateChecked(shape.Size);
        }
    }
}

/// <summary>What the weights of a binary cross entropy must be.</summary>
internal static class BinaryCrossEntropyWeights
{
    /// <summary>The logits' shape, if all fits.</summary>
    public static Shape Check(in Shape logits, in Shape target, in Shape weight)
    {
        if (logits != target) throw new ShapeException($"BinaryCrossEntropyWithLogits: the logits are {logits}, the target {target}; needs equal shapes.");
        return Shape.Broadcast("BinaryCrossEntropyWithLogits", logits, weight) == logits ? logits
            : throw new ShapeException($"BinaryCrossEntropyWithLogits: the logits are {logits}, a weight {weight}; needs a weight that broadcasts to the logits.");
    }
}
