using System.Numerics;

namespace Autodiff.Tests;

/// <summary>
/// The error function in fixed point with 1,400 binary digits after the point: the series erf z = (2/√π)·e^(−z²)·Σ 2ⁿ·z^(2n+1) / (2n+1)!! has positive terms only,
/// so nothing cancels, and erfc = 1 − erf keeps 300 digits even where it is the smallest number of the type, 2⁻¹⁰⁷⁴.
/// </summary>
internal static class ErrorFunctionReference
{
    private const int Digits = 1400;

    private static readonly BigInteger One = BigInteger.One << Digits, RootOfHalf = Root(One >> 1), TwoByRootOfPi = (One << (Digits + 1)) / Root(Pi());

    public static BigInteger Erf(double x) => Erf(Exact(x), Exact(x) * Exact(x) >> Digits);

    public static BigInteger Erfc(double x) => One - Erf(x);

    /// <summary>x·Φ(x) = ½·x·(1 + erf(x/√2)).</summary>
    public static BigInteger Gelu(double x)
    {
        BigInteger exact = Exact(x);
        return exact * (One + Erf(exact * RootOfHalf >> Digits, exact * exact >> (Digits + 1))) >> (Digits + 1);
    }

    /// <summary>How far a number is from the exact value, in units of its last place.</summary>
    public static double Ulps(double got, BigInteger exact)
    {
        BigInteger unit = Exact(Math.BitIncrement(Math.Abs(got)) - Math.Abs(got)), difference = BigInteger.Abs(Exact(got) - exact);
        return (double)((difference << 20) / unit) / (1 << 20);
    }

    private static BigInteger Erf(BigInteger z, BigInteger square)
    {
        // erfc 30 is below 2⁻¹³⁰⁰
        if (square > 900 * One) return z.Sign * One;
        BigInteger term = z, sum = BigInteger.Zero;
        for (int n = 1; !BigInteger.Abs(term).IsZero && term != BigInteger.MinusOne; n++)
        {
            sum += term;
            term = (term * square >> (Digits - 1)) / ((2 * n) + 1);
        }

        return TwoByRootOfPi * sum / Exp(square);
    }

    // eᵗ = (e^(t/2¹²))^(2¹²), all digits of a number that is 1 or more
    private static BigInteger Exp(BigInteger t)
    {
        BigInteger part = t >> 12, term = One, sum = BigInteger.Zero;
        for (int n = 1; !term.IsZero; n++)
        {
            sum += term;
            term = (term * part >> Digits) / n;
        }

        for (int i = 0; i < 12; i++) sum = sum * sum >> Digits;
        return sum;
    }

    // Machin: π = 16·arctan(1/5) − 4·arctan(1/239)
    private static BigInteger Pi() => (16 * InverseTangent(5)) - (4 * InverseTangent(239));

    private static BigInteger InverseTangent(int divisor)
    {
        BigInteger power = One / divisor, sum = BigInteger.Zero;
        for (int n = 0; !power.IsZero; n++)
        {
            sum += (n % 2 == 0 ? power : -power) / ((2 * n) + 1);
            power /= divisor * divisor;
        }

        return sum;
    }

    // Newton's iteration for √(x·2^Digits)
    private static BigInteger Root(BigInteger x)
    {
        BigInteger square = x << Digits, y = One << 2;
        while (true)
        {
            BigInteger next = (y + (square / y)) >> 1;
            if (next >= y) return y;
            y = next;
        }
    }

    /// <summary>A number of the reference's scale that is far from subnormal.</summary>
    public static double ToDouble(BigInteger x)
    {
        int surplus = (int)Math.Max(BigInteger.Abs(x).GetBitLength() - 64, 0);
        return Math.ScaleB((double)(x >> surplus), surplus - Digits);
    }

    public static BigInteger Exact(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        int exponent = Math.Max((int)(bits >> 52), 1) - 1075;
        long digits = bits >> 52 == 0 ? bits : (bits & 0x000F_FFFF_FFFF_FFFF) | 0x0010_0000_0000_0000;
        return Math.Sign(x) * ((BigInteger)digits << (Digits + exponent));
    }
}
