using System.Numerics;

namespace Autodiff;

/// <summary>Polygamma, the n-th derivative of digamma: y = ψₙ(x) = (−1)ⁿ⁺¹·n!·Σ 1/(x + k)ⁿ⁺¹ over k ≥ 0, for an integer order n from 1 to 100.</summary>
/// <remarks>∂y/∂x = ψₙ₊₁(x), so that ln Γ has derivatives of any order up to 100; the order is a count, as a condition is, with the derivative zero by declaration.
/// ∞ with the sign of the term 1/xⁿ⁺¹ at 0, NaN at negative integers and at −∞, 0 at ∞; another order gives NaN. NaN gives NaN.
/// Computed element by element, in double: digamma and trigamma run over lanes, this does not.
/// Method: the sum up to x + k ≥ 20 + n, the Euler–Maclaurin formula there, reflection with the derivatives of the cotangent
/// (Abramowitz and Stegun, 6.4.6, 6.4.11, 6.4.7).</remarks>
public readonly struct Polygamma : IBinary<Polygamma>
{
    /// <summary>The greatest order.</summary>
    internal const int MaxOrder = 100;

    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((2, 2), (3, 3)), Autodiff.Domain.In((-1.6, -1.4), (0.6, 4)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.Each<OfOne>(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Apply<Polygamma>(a + R.Of(1), b);

    private static double Value(double order, double x)
    {
        if (double.IsNaN(x) || !(order >= 1 && order <= MaxOrder) || order != Math.Floor(order)) return double.NaN;
        if (double.IsPositiveInfinity(x)) return 0;
        int n = (int)order;
        if (x >= 0) return (n % 2 == 0 ? -1 : 1) * Sum(n, x);
        double tangent = double.SinPi(x), cotangent = double.CosPi(x) / tangent;
        if (tangent == 0 || double.IsInfinity(x)) return double.NaN;
        return -Sum(n, 1 - x) - (Math.Pow(Math.PI, n + 1) * Cotangent(n, cotangent));
    }

    // n!·Σ 1/(x + k)ⁿ⁺¹; each product is that of a power and of a part of n!, which alone would leave the range of numbers
    private static double Sum(int n, double x)
    {
        double sum = 0, end = 20 + n;
        for (; x < end; x++) sum += Term(n, x);
        ReadOnlySpan<double> bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330];
        double last = Term(n, x), factor = (n + 1) / x, rest = (x / n) + 0.5;
        for (int k = 1; k <= bernoulli.Length; k++)
        {
            // B₂ₖ/(2k)! · (n + 1)(n + 2)…(n + 2k − 1) / x^(2k − 1)
            factor /= ((2 * k) - 1) * (2 * k);
            rest += bernoulli[k - 1] * factor;
            factor *= (n + (2 * k)) / x * ((n + (2 * k) + 1) / x);
        }

        return sum + (last * rest);
    }

    private static double Term(int n, double x)
    {
        double term = 1 / x;
        for (int i = 1; i <= n; i++) term *= i / x;
        return term;
    }

    // the n-th derivative of cot, a polynomial in c = cot: P′ₙ₊₁(c) = −(1 + c²)·dPₙ/dc
    private static double Cotangent(int n, double c)
    {
        Span<double> p = stackalloc double[MaxOrder + 3], next = stackalloc double[MaxOrder + 3];
        p.Clear();
        p[1] = 1;
        for (int k = 1; k <= n; k++)
        {
            next.Clear();
            for (int i = 1; i <= k; i++)
            {
                next[i - 1] -= i * p[i];
                next[i + 1] -= i * p[i];
            }

            next.CopyTo(p);
        }

        double y = 0;
        for (int i = n + 1; i >= 0; i--) y = (y * c) + p[i];
        return y;
    }

    private readonly struct OfOne : IScalarFunction
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
            => T.CreateTruncating(Value(double.CreateTruncating(a), double.CreateTruncating(b)));
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Polygamma"/>
        /// <param name="order">How often digamma is differentiated: 0 to 100; 0 is digamma itself.</param>
        /// <exception cref="ArgumentOutOfRangeException">The order is not from 0 to 100.</exception>
        public R Polygamma(int order)
        {
            if (order < 0 || order > Autodiff.Polygamma.MaxOrder)
                throw new ArgumentOutOfRangeException(nameof(order), $"Polygamma: order is {order}; needs 0 to {Autodiff.Polygamma.MaxOrder}.");
            return order == 0 ? x.Digamma() : order == 1 ? x.Trigamma() : R.Apply<Polygamma>(R.Of(order), x);
        }
    }
}
