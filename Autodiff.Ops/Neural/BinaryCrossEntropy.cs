using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Cross entropy of a probability x that the class is 1 and the target t: y = −t·max(ln x, −100) − (1 − t)·max(ln(1 − x), −100). The surface member takes the mean over all
/// elements.
/// </summary>
/// <remarks>
/// ∂y/∂x = (x − t) / max(x·(1 − x), 1e-12), ∂y/∂t = max(ln(1 − x), −100) − max(ln x, −100). Both bounds are libtorch's: at x = 0 and 1 the loss is at most 100 and the slope
/// at most 1e12, where logarithms are infinite (its slope by t is the infinite one). A probability below 0 or above 1, or NaN, gives NaN in value and derivatives. The mean of nothing is NaN.
/// <see cref="BinaryCrossEntropyWithLogits"/> needs no bounds: prefer it where x is a sigmoid.
/// </remarks>
public readonly struct BinaryCrossEntropy : IBinary<BinaryCrossEntropy>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((0.1, 0.9)), Autodiff.Domain.In((0, 1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R least = R.Of(-100), one = AtLeast(Autodiff.Log.Primal(a), least), zero = AtLeast(Autodiff.LogP1.Primal(-a), least);
        return ((b - R.Of(1)) * zero) - (b * one);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        // negative where a is no probability
        R variance = a * (R.Of(1) - a);
        return R.IfGreater(R.Of(0), variance, R.Of(double.NaN), (a - b) / AtLeast(variance, R.Of(1e-12)));
    }

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
    {
        R least = R.Of(-100);
        return AtLeast((-a).LogP1(), least) - AtLeast(a.Log(), least);
    }

    // a NaN stays
    private static R AtLeast<R>(R x, R least) where R : struct, IReal<R> => R.IfGreater(least, x, least, x);
}

public static partial class Variable
{
    extension<T>(Variable<T> probabilities) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.BinaryCrossEntropy"/>
        /// <param name="target">What the probabilities should be, of their shape.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        public Scalar<T> BinaryCrossEntropy(Variable<T> target)
        {
            if (probabilities.Shape != target.Shape)
                throw new ShapeException($"BinaryCrossEntropy: the probabilities are {probabilities.Shape}, the target {target.Shape}; needs equal shapes.");
            return Variable<T>.Apply<BinaryCrossEntropy>(probabilities, target).Sum() / T.CreateChecked(probabilities.Size);
        }
    }
}
