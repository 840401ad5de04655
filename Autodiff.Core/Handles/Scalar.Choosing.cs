using System.Numerics;

namespace Autodiff;

// Size, sign, the greater and the smaller, rounding, remainders. Where a function chooses, the choice is a comparison and the derivative goes to what was chosen.
public readonly partial struct Scalar<T>
{
    static Scalar<T> INumberBase<Scalar<T>>.Abs(Scalar<T> value) => Functions.Abs(value);

    static Scalar<T> INumber<Scalar<T>>.Max(Scalar<T> x, Scalar<T> y) => Functions.Maximum(x, y);

    static Scalar<T> INumber<Scalar<T>>.Min(Scalar<T> x, Scalar<T> y) => Functions.Minimum(x, y);

    static Scalar<T> INumber<Scalar<T>>.MaxNumber(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? y : IsNaN(y) ? x : Functions.Maximum(x, y);

    static Scalar<T> INumber<Scalar<T>>.MinNumber(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? y : IsNaN(y) ? x : Functions.Minimum(x, y);

    static Scalar<T> INumberBase<Scalar<T>>.MaxMagnitude(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? x : IsNaN(y) ? y : Larger(x, y);

    static Scalar<T> INumberBase<Scalar<T>>.MaxMagnitudeNumber(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? y : IsNaN(y) ? x : Larger(x, y);

    static Scalar<T> INumberBase<Scalar<T>>.MinMagnitude(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? x : IsNaN(y) ? y : Smaller(x, y);

    static Scalar<T> INumberBase<Scalar<T>>.MinMagnitudeNumber(Scalar<T> x, Scalar<T> y) => IsNaN(x) ? y : IsNaN(y) ? x : Smaller(x, y);

    static Scalar<T> INumber<Scalar<T>>.Clamp(Scalar<T> value, Scalar<T> min, Scalar<T> max) => min > max
        ? throw new ArgumentException($"Clamp: min is {min}, max is {max}; needs a min that is not above max.", nameof(min))
        : Functions.Clamp(value, min, max);

    // the sign alone has no derivative: that of the result by value is 1 or −1
    static Scalar<T> INumber<Scalar<T>>.CopySign(Scalar<T> value, Scalar<T> sign) => IsNegative(value) == IsNegative(sign) ? value : -value;

    static Scalar<T> IFloatingPoint<Scalar<T>>.Floor(Scalar<T> x) => Functions.Floor(x);

    static Scalar<T> IFloatingPoint<Scalar<T>>.Ceiling(Scalar<T> x) => Functions.Ceiling(x);

    static Scalar<T> IFloatingPoint<Scalar<T>>.Truncate(Scalar<T> x) => Functions.Truncate(x);

    static Scalar<T> IFloatingPoint<Scalar<T>>.Round(Scalar<T> x, int digits, MidpointRounding mode)
    {
        _ = T.Round(T.Zero, digits, mode);   // refuses digits and modes that T has not
        if (digits == 0) return ToInteger(x, mode);
        double power = Math.Pow(10, digits);
        Scalar<T> scaled = x * T.CreateTruncating(power);

        // where the digits asked for are more than T has, everything is rounded already
        bool few = Functions.Abs(x) < T.CreateTruncating(typeof(T) == typeof(double) ? 1e16 : 1e8);
        return few ? ToInteger(scaled, mode) / T.CreateTruncating(power) : Functions.Truncate(x);
    }

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.Ieee754Remainder(Scalar<T> left, Scalar<T> right)
    {
        // of twice the divisor the exact remainder is known; what is left to take away is 0, 1 or 2 times the divisor, and exact, too
        Scalar<T> rest = Functions.Abs(Functions.Remainder(left, right + right)), size = Functions.Abs(right), less = rest - size;
        Scalar<T> result = rest + rest <= size ? rest : less + less < size ? less : less - size;
        return IsNegative(left) ? -result : result;
    }

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.ScaleB(Scalar<T> x, int n)
    {
        // in factors that are numbers; beyond three of them everything is 0 or ∞
        int most = typeof(T) == typeof(double) ? 1000 : 120;
        for (int i = 0; i < 3 && n != 0; i++)
        {
            int part = Math.Clamp(n, -most, most);
            x *= T.ScaleB(T.One, part);
            n -= part;
        }

        return x;
    }

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.FusedMultiplyAdd(Scalar<T> left, Scalar<T> right, Scalar<T> addend)
        => Apply<FusedMultiplyAdd>(left, right, addend);

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.BitIncrement(Scalar<T> x) => T.BitIncrement(ConstantOf(x, "BitIncrement"));

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.BitDecrement(Scalar<T> x) => T.BitDecrement(ConstantOf(x, "BitDecrement"));

    private static T ConstantOf(Scalar<T> x, string function) => x.Recording is null
        ? x.Value
        : throw new NotSupportedException($"{function}: the operand is on a tape, and a neighbouring number has no derivative; needs a constant, or the scalar's Value.");

    private static Scalar<T> Larger(Scalar<T> x, Scalar<T> y)
    {
        Scalar<T> a = Functions.Abs(x), b = Functions.Abs(y);
        return a > b ? x : a < b ? y : Functions.Maximum(x, y);
    }

    private static Scalar<T> Smaller(Scalar<T> x, Scalar<T> y)
    {
        Scalar<T> a = Functions.Abs(x), b = Functions.Abs(y);
        return a < b ? x : a > b ? y : Functions.Minimum(x, y);
    }

    private static Scalar<T> ToInteger(Scalar<T> x, MidpointRounding mode)
    {
        if (mode == MidpointRounding.ToEven) return Functions.Round(x);
        if (mode == MidpointRounding.ToNegativeInfinity) return Functions.Floor(x);
        if (mode == MidpointRounding.ToPositiveInfinity) return Functions.Ceiling(x);
        Scalar<T> whole = Functions.Truncate(x), twice = x - whole + (x - whole);

        // away from zero: another 1 where half or more was cut off; the difference is exact, and of an infinite x it is NaN
        return mode == MidpointRounding.AwayFromZero && IsFinite(x) ? whole + Functions.Truncate(twice) : whole;
    }
}
