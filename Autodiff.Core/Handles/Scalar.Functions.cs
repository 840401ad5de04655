using System.Numerics;

namespace Autodiff;

// The elementary functions: each is an op, or made of ops as T makes its own. Exp2M1, Exp10M1, Log2P1, Log10P1, Lerp, DegreesToRadians and
// RadiansToDegrees are what the interfaces make of these.
public readonly partial struct Scalar<T>
{
    static Scalar<T> IExponentialFunctions<Scalar<T>>.Exp(Scalar<T> x) => Functions.Exp(x);

    static Scalar<T> IExponentialFunctions<Scalar<T>>.ExpM1(Scalar<T> x) => Functions.ExpM1(x);

    static Scalar<T> IExponentialFunctions<Scalar<T>>.Exp2(Scalar<T> x) => Functions.Exp2(x);

    static Scalar<T> IExponentialFunctions<Scalar<T>>.Exp10(Scalar<T> x) => Functions.Pow(T.CreateTruncating(10), x);

    static Scalar<T> ILogarithmicFunctions<Scalar<T>>.Log(Scalar<T> x) => Functions.Log(x);

    static Scalar<T> ILogarithmicFunctions<Scalar<T>>.Log(Scalar<T> x, Scalar<T> newBase)
    {
        Scalar<T> y = Functions.Log(x) / Functions.Log(newBase);

        // T has no logarithm to these bases, but of 1 to 0 and to ∞; the product has gradients that are NaN, too
        bool none = newBase == T.One || (newBase == T.Zero || newBase == T.PositiveInfinity) && x != T.One;
        return none ? y * T.NaN : y;
    }

    static Scalar<T> ILogarithmicFunctions<Scalar<T>>.LogP1(Scalar<T> x) => Functions.LogP1(x);

    static Scalar<T> ILogarithmicFunctions<Scalar<T>>.Log2(Scalar<T> x) => Functions.Log2(x);

    static Scalar<T> ILogarithmicFunctions<Scalar<T>>.Log10(Scalar<T> x) => Functions.Log10(x);

    static Scalar<T> IPowerFunctions<Scalar<T>>.Pow(Scalar<T> x, Scalar<T> y) => Functions.Pow(x, y);

    static Scalar<T> IRootFunctions<Scalar<T>>.Sqrt(Scalar<T> x) => Functions.Sqrt(x);

    static Scalar<T> IRootFunctions<Scalar<T>>.Cbrt(Scalar<T> x) => Functions.Cbrt(x);

    static Scalar<T> IRootFunctions<Scalar<T>>.Hypot(Scalar<T> x, Scalar<T> y) => Functions.Hypot(x, y);

    static Scalar<T> IRootFunctions<Scalar<T>>.RootN(Scalar<T> x, int n)
    {
        if (n == 0) return x * T.NaN;
        if (n == 2) return Functions.Sqrt(x);
        if (n == 3) return Functions.Cbrt(x);
        Scalar<T> power = T.One / T.CreateTruncating(n);

        // an odd root of a negative number is real, and of −0 it is −0 or −∞; an even one is not, of −∞ either
        if (int.IsOddInteger(n)) return IsNegative(x) ? -Functions.Pow(-x, power) : Functions.Pow(x, power);
        return x < T.Zero ? x * T.NaN : Functions.Pow(x, power);
    }

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.ReciprocalSqrtEstimate(Scalar<T> x) => Functions.ReciprocalSqrt(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Sin(Scalar<T> x) => Functions.Sin(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Cos(Scalar<T> x) => Functions.Cos(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Tan(Scalar<T> x) => Functions.Tan(x);

    static (Scalar<T> Sin, Scalar<T> Cos) ITrigonometricFunctions<Scalar<T>>.SinCos(Scalar<T> x) => (Functions.Sin(x), Functions.Cos(x));

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.SinPi(Scalar<T> x) => Functions.SinPi(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.CosPi(Scalar<T> x) => Functions.CosPi(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.TanPi(Scalar<T> x) => Functions.SinPi(x) / Functions.CosPi(x);

    static (Scalar<T> SinPi, Scalar<T> CosPi) ITrigonometricFunctions<Scalar<T>>.SinCosPi(Scalar<T> x) => (Functions.SinPi(x), Functions.CosPi(x));

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Asin(Scalar<T> x) => Functions.Asin(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Acos(Scalar<T> x) => Functions.Acos(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.Atan(Scalar<T> x) => Functions.Atan(x);

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.AsinPi(Scalar<T> x) => Functions.Asin(x) / T.Pi;

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.AcosPi(Scalar<T> x) => Functions.Acos(x) / T.Pi;

    static Scalar<T> ITrigonometricFunctions<Scalar<T>>.AtanPi(Scalar<T> x) => Functions.Atan(x) / T.Pi;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.Atan2(Scalar<T> y, Scalar<T> x) => Functions.Atan2(y, x);

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.Atan2Pi(Scalar<T> y, Scalar<T> x) => Functions.Atan2(y, x) / T.Pi;

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Sinh(Scalar<T> x) => Functions.Sinh(x);

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Cosh(Scalar<T> x) => Functions.Cosh(x);

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Tanh(Scalar<T> x) => Functions.Tanh(x);

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Asinh(Scalar<T> x) => Functions.Asinh(x);

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Acosh(Scalar<T> x) => Functions.Acosh(x);

    static Scalar<T> IHyperbolicFunctions<Scalar<T>>.Atanh(Scalar<T> x) => Functions.Atanh(x);
}
