using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Tells the engine which ops are .NET's elementary functions, as this assembly is loaded.</summary>
internal static class ElementaryOps
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The engine must not know the ops, so they come to it.")]
    internal static void Register()
    {
        Elementary<float>.Register(new ElementaryOps<float>());
        Elementary<double>.Register(new ElementaryOps<double>());
    }
}

/// <summary>.NET's elementary functions as ops.</summary>
internal sealed class ElementaryOps<T> : Elementary<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public override Scalar<T> Abs(Scalar<T> x) => x.Abs();

    public override Scalar<T> Floor(Scalar<T> x) => x.Floor();

    public override Scalar<T> Ceiling(Scalar<T> x) => x.Ceiling();

    public override Scalar<T> Round(Scalar<T> x) => x.Round();

    public override Scalar<T> Truncate(Scalar<T> x) => x.Truncate();

    public override Scalar<T> Exp(Scalar<T> x) => x.Exp();

    public override Scalar<T> ExpM1(Scalar<T> x) => x.ExpM1();

    public override Scalar<T> Exp2(Scalar<T> x) => x.Exp2();

    public override Scalar<T> Log(Scalar<T> x) => x.Log();

    public override Scalar<T> LogP1(Scalar<T> x) => x.LogP1();

    public override Scalar<T> Log2(Scalar<T> x) => x.Log2();

    public override Scalar<T> Log10(Scalar<T> x) => x.Log10();

    public override Scalar<T> Sqrt(Scalar<T> x) => x.Sqrt();

    public override Scalar<T> ReciprocalSqrt(Scalar<T> x) => x.ReciprocalSqrt();

    public override Scalar<T> Cbrt(Scalar<T> x) => x.Cbrt();

    public override Scalar<T> Sin(Scalar<T> x) => x.Sin();

    public override Scalar<T> Cos(Scalar<T> x) => x.Cos();

    public override Scalar<T> Tan(Scalar<T> x) => x.Tan();

    public override Scalar<T> SinPi(Scalar<T> x) => x.SinPi();

    public override Scalar<T> CosPi(Scalar<T> x) => x.CosPi();

    public override Scalar<T> Asin(Scalar<T> x) => x.Asin();

    public override Scalar<T> Acos(Scalar<T> x) => x.Acos();

    public override Scalar<T> Atan(Scalar<T> x) => x.Atan();

    public override Scalar<T> Sinh(Scalar<T> x) => x.Sinh();

    public override Scalar<T> Cosh(Scalar<T> x) => x.Cosh();

    public override Scalar<T> Tanh(Scalar<T> x) => x.Tanh();

    public override Scalar<T> Asinh(Scalar<T> x) => x.Asinh();

    public override Scalar<T> Acosh(Scalar<T> x) => x.Acosh();

    public override Scalar<T> Atanh(Scalar<T> x) => x.Atanh();

    public override Scalar<T> Maximum(Scalar<T> a, Scalar<T> b) => a.Maximum(b);

    public override Scalar<T> Minimum(Scalar<T> a, Scalar<T> b) => a.Minimum(b);

    public override Scalar<T> Remainder(Scalar<T> a, Scalar<T> b) => a.Fmod(b);

    public override Scalar<T> Pow(Scalar<T> a, Scalar<T> b) => a.Pow(b);

    public override Scalar<T> Hypot(Scalar<T> a, Scalar<T> b) => a.Hypot(b);

    public override Scalar<T> Atan2(Scalar<T> a, Scalar<T> b) => a.Atan2(b);

    public override Scalar<T> Clamp(Scalar<T> x, Scalar<T> min, Scalar<T> max) => x.Clamp(min, max);
}
