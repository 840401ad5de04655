using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Cross entropy of a logistic model, of its logit x and the target t, the probability that the class is 1:
/// y = −t·ln σ(x) − (1 − t)·ln(1 − σ(x)). The surface member takes the mean over all elements.
/// </summary>
/// <remarks>
/// ∂y/∂x = σ(x) − t, ∂y/∂t = −x. Computed as x·([x &gt; 0] − t) + ln(1 + e^(−|x|)): no overflow, and all digits where the loss is small.
/// Right at ±∞, too: 0 if the target agrees. NaN gives NaN. The mean of nothing is NaN.
/// </remarks>
public readonly struct BinaryCrossEntropyWithLogits : IBinary<BinaryCrossEntropyWithLogits>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.In((0, 1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R zero = R.Of(0), wrong = R.IfGreater(a, zero, R.Of(1), zero) - b;
        // an infinite logit on the right side costs nothing: 0·∞ does not count
        return R.IfEqual(wrong, zero, zero, a * wrong) + Autodiff.Softplus.OfMagnitude(a);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => a.Sigmoid() - b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -a;
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.BinaryCrossEntropyWithLogits"/>
        /// <param name="target">Probabilities of the class 1, of the logits' shape.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Scalar<T> BinaryCrossEntropyWithLogits(Variable<T> target)
        {
            if (logits.Shape != target.Shape)
                throw new ShapeException($"BinaryCrossEntropyWithLogits: the logits are {logits.Shape}, the target {target.Shape}; needs equal shapes.");
            return Variable<T>.Apply<BinaryCrossEntropyWithLogits>(logits, target).Sum() / T.CreateChecked(logits.Size);
        }
    }
}
