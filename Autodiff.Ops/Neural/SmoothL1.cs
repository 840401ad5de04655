using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Absolute error with a rounded corner, of d = a − b: y = d²/(2β) where |d| ≤ β, else |d| − β/2. The surface member takes the mean over all elements.</summary>
/// <remarks>∂y/∂a = d/β, at most 1 and at least −1; ∂y/∂b the opposite; ∂y/∂β = −d²/(2β²), at least −½. NaN gives NaN. The mean of nothing is NaN.
/// Source: Girshick, Fast R-CNN (2015).</remarks>
public readonly struct SmoothL1 : ITernary<SmoothL1>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.C;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.In((-3, -2), (-0.5, 0.5), (2, 3)), Autodiff.Domain.In((-0.2, 0.2)), Autodiff.Domain.In((0.9, 1.2)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
    {
        R d = a - b, far = R.Magnitude(d);
        return R.IfGreater(far, c, far - (R.Of(0.5) * c), R.Of(0.5) * d * (d / c));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R>
    {
        R d = a - b;
        return R.IfGreater(d, c, R.Of(1), R.IfGreater(-c, d, R.Of(-1), d / c));
    }

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => -PartialA(a, b, c, y);

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R>
    {
        R d = a - b, share = d / c, inside = R.Of(-0.5) * share * share;
        return R.IfGreater(d, c, R.Of(-0.5), R.IfGreater(-c, d, R.Of(-0.5), inside));
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SmoothL1"/>
        /// <param name="y">What x should be; of x's shape.</param>
        /// <param name="beta">β, where the square ends; positive and finite.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">β is not positive and finite.</exception>
        public Scalar<T> SmoothL1(Variable<T> y, double beta = 1)
        {
            if (x.Shape != y.Shape) throw new ShapeException($"SmoothL1: x is {x.Shape}, y is {y.Shape}; needs equal shapes.");
            if (!(beta > 0) || double.IsInfinity(beta))
                throw new ArgumentOutOfRangeException(nameof(beta), string.Create(CultureInfo.InvariantCulture, $"SmoothL1: beta is {beta}; needs a positive, finite number."));
            return Variable<T>.Apply<SmoothL1>(x, y, Variable<T>.Of(beta)).Sum() / T.CreateChecked(x.Size);
        }
    }
}
