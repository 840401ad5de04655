using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Hurwitz' zeta function: y = ζ(a, b) = Σ 1/(b + k)ᵃ over k ≥ 0; at b = 1 Riemann's. The member takes the exponent a as a plain number.</summary>
/// <remarks>∂y/∂b = −a·ζ(a + 1, b). By the exponent there is no derivative: it is a number that users cannot record, and counts as constant, as the order of <see cref="Polygamma"/> does. ∞ at b = 0 and at negative integers, NaN at other b &lt; 0; ∞ for a = 1, NaN below; 0 at b = ∞. NaN gives NaN. Accuracy: at most 5 units in the last place. Computed element by element, in double, some 10 powers each (up to some 60
/// where a is large).
/// Method: the sum up to b + k ≥ 10 + a, or until its terms vanish, and the Euler–Maclaurin formula there; the digits that b + k loses are put back to first order (Abramowitz and Stegun, 23.2.3,
/// 23.1.30).</remarks>
public readonly struct Zeta : IBinary<Zeta>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((2, 2), (2.5, 2.5)), Autodiff.Domain.In((0.6, 4)));

    // B₂ₖ/(2k)!
    private static ReadOnlySpan<double> Bernoulli =>
    [
        1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000, 1.0 / 74724249600, -3617.0 / 10670622842880000,
        43867.0 / 5109094217170944000, -174611.0 / 802857662698291200000.0,
    ];

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.Each<OfOne>(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(0);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => -a * R.Apply<Zeta>(a + R.Of(1), b);

    private static double Value(double s, double q)
    {
        if (double.IsNaN(s) || double.IsNaN(q) || s < 1) return double.NaN;
        if (q <= 0) return q == Math.Floor(q) && !double.IsInfinity(q) ? double.PositiveInfinity : double.NaN;
        if (s == 1) return double.PositiveInfinity;
        if (double.IsPositiveInfinity(s)) return q > 1 ? 0 : q == 1 ? 1 : s;
        if (double.IsPositiveInfinity(q)) return 0;

        // Kahan's summation, from the greatest term down
        double x = q, sum = 0, lost = 0, end = 10 + s;
        for (int k = 0; x < end;)
        {
            double term = Power(x, q - (x - k), s), with = term - lost, next = sum + with;
            (lost, sum) = (next - sum - with, next);
            x = q + ++k;

            // what is left is about a term and the integral
            if (term * (1 + (x / (s - 1))) <= sum * 1e-18 || double.IsInfinity(sum)) return sum;
        }

        // x^(1 − s), as x^(−s) may vanish where this does not
        double last = Power(x, q - (x - Math.Round(x - q)), s - 1), factor = s / x / x, rest = (1 / (s - 1)) + (0.5 / x);
        for (int k = 1; k <= Bernoulli.Length; k++)
        {
            rest += Bernoulli[k - 1] * factor;
            factor *= (s + (2 * k) - 1) / x * ((s + (2 * k)) / x);
        }

        return sum + ((last * rest) - lost);
    }

    // (x + less)^(−s) for a small difference
    private static double Power(double x, double less, double s) => Math.Pow(x, -s) * (1 - (s * less / x));

    private readonly struct OfOne : IScalarFunction
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
            => T.CreateTruncating(Value(double.CreateTruncating(a), double.CreateTruncating(b)));
    }
}

public static partial class Variable
{
    extension<R>(R q) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Zeta"/>
        /// <param name="s">The exponent, greater than 1: q.Zeta(2) is trigamma of q.</param>
        /// <exception cref="ArgumentOutOfRangeException">The exponent is not greater than 1.</exception>
        public R Zeta(double s)
        {
            if (!(s > 1)) throw new ArgumentOutOfRangeException(nameof(s), string.Create(CultureInfo.InvariantCulture, $"Zeta: s is {s}; needs a number greater than 1."));
            return R.Apply<Zeta>(R.Of(s), q);
        }
    }
}
