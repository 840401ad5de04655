using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Negative log likelihood of x under a normal distribution of mean μ and variance v, without the constant ½·ln 2π: y = ½·(ln v + (x − μ)²/v). The surface member takes the
/// mean over all elements, of a variance that is at least ε.
/// </summary>
/// <remarks>
/// ∂y/∂x = (x − μ)/v, ∂y/∂μ the opposite, ∂y/∂v = ½·(1 − (x − μ)²/v)/v. A variance below ε counts as ε and has the derivative 0, one of just ε has its own (PyTorch passes it the derivative at ε). Without a
/// bound, ε = 0, a variance of 0 gives ±∞ or NaN and a negative one NaN. NaN gives NaN. The mean of nothing is NaN.
/// Source: Nix and Weigend, Estimating the mean and variance of the target probability distribution (1994).
/// </remarks>
public readonly struct GaussianNegativeLogLikelihood : ITernary<GaussianNegativeLogLikelihood>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.C;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals, Autodiff.Domain.In((0.5, 2)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
    {
        R d = a - b;
        return R.Of(0.5) * (Autodiff.Log.Primal(c) + (d * (d / c)));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => (a - b) / c;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => (b - a) / c;

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R>
    {
        R d = a - b;
        return R.Of(0.5) * (R.Of(1) - (d * (d / c))) / c;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.GaussianNegativeLogLikelihood"/>
        /// <param name="mean">μ, of x's shape.</param>
        /// <param name="variance">v; it broadcasts to x: [..., 1] for one variance a row.</param>
        /// <param name="epsilon">ε, 0 or more, finite.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Scalar<T> GaussianNegativeLogLikelihood(Variable<T> mean, Variable<T> variance, double epsilon = 1e-6)
        {
            const string op = nameof(GaussianNegativeLogLikelihood);
            Shape shape = x.Shape;
            if (shape != mean.Shape || Shape.Broadcast(op, shape, variance.Shape) != shape)
                throw new ShapeException($"{op}: x is {shape}, the mean {mean.Shape}, the variance {variance.Shape}; needs a mean of x's shape, and a variance that broadcasts to it.");
            if (!(epsilon >= 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"{op}: epsilon is {epsilon}; needs a finite number, 0 or more."));
            Variable<T> least = Variable<T>.Of(epsilon), bounded = epsilon > 0 ? Variable<T>.IfGreater(least, variance, least, variance) : variance;
            return Variable<T>.Apply<GaussianNegativeLogLikelihood>(x, mean, bounded).Mean();
        }
    }
}
