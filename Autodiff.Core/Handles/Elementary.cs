using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// The elementary functions that .NET's number interfaces ask of <see cref="Scalar{T}"/>. They are ops, which this assembly does not know:
/// the assembly of the ops derives from this class and registers for <see cref="float"/> and <see cref="double"/> as it is loaded.
/// </summary>
/// <remarks>One virtual method for each function, not one method with a list of names: a compiler ahead of time then keeps the ops that are called and no others.</remarks>
internal abstract class Elementary<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static Elementary<T>? s_registered;

    /// <summary>The functions, for a type of number that is float or double.</summary>
    /// <exception cref="InvalidOperationException">The assembly of the ops is not there.</exception>
    public static Elementary<T> Instance => Found.Functions ?? throw new InvalidOperationException(
        $"Scalar<{typeof(T).Name}>: elementary functions are ops, and the assembly {OpsAssembly.Name} was not found; needs the package {OpsAssembly.Name}.");

    public static void Register(Elementary<T> functions) => s_registered = functions;

    public abstract Scalar<T> Abs(Scalar<T> x);

    public abstract Scalar<T> Maximum(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Minimum(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Clamp(Scalar<T> x, Scalar<T> min, Scalar<T> max);

    public abstract Scalar<T> Remainder(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Floor(Scalar<T> x);

    public abstract Scalar<T> Ceiling(Scalar<T> x);

    public abstract Scalar<T> Round(Scalar<T> x);

    public abstract Scalar<T> Truncate(Scalar<T> x);

    public abstract Scalar<T> Exp(Scalar<T> x);

    public abstract Scalar<T> ExpM1(Scalar<T> x);

    public abstract Scalar<T> Exp2(Scalar<T> x);

    public abstract Scalar<T> Log(Scalar<T> x);

    public abstract Scalar<T> LogP1(Scalar<T> x);

    public abstract Scalar<T> Log2(Scalar<T> x);

    public abstract Scalar<T> Log10(Scalar<T> x);

    public abstract Scalar<T> Pow(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Sqrt(Scalar<T> x);

    public abstract Scalar<T> ReciprocalSqrt(Scalar<T> x);

    public abstract Scalar<T> Cbrt(Scalar<T> x);

    public abstract Scalar<T> Hypot(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Sin(Scalar<T> x);

    public abstract Scalar<T> Cos(Scalar<T> x);

    public abstract Scalar<T> Tan(Scalar<T> x);

    public abstract Scalar<T> SinPi(Scalar<T> x);

    public abstract Scalar<T> CosPi(Scalar<T> x);

    public abstract Scalar<T> Asin(Scalar<T> x);

    public abstract Scalar<T> Acos(Scalar<T> x);

    public abstract Scalar<T> Atan(Scalar<T> x);

    public abstract Scalar<T> Atan2(Scalar<T> a, Scalar<T> b);

    public abstract Scalar<T> Sinh(Scalar<T> x);

    public abstract Scalar<T> Cosh(Scalar<T> x);

    public abstract Scalar<T> Tanh(Scalar<T> x);

    public abstract Scalar<T> Asinh(Scalar<T> x);

    public abstract Scalar<T> Acosh(Scalar<T> x);

    public abstract Scalar<T> Atanh(Scalar<T> x);

    // a class of its own, so that the loader runs at the first function that is asked for, and the field is read-only: the compiler then calls the ops directly
    private static class Found
    {
        public static readonly Elementary<T>? Functions = Find();

        private static Elementary<T>? Find()
        {
            if (s_registered is null) OpsAssembly.Load();
            return s_registered;
        }
    }
}

/// <summary>The assembly of the ops, which a program that uses nothing but .NET's interfaces never mentions.</summary>
internal static class OpsAssembly
{
    public const string Name = "Autodiff.Ops";

    // The name of the type is written out whole: trimming and compilation ahead of time read it and keep the type with its module's initializer.
    public static void Load()
    {
        if (Type.GetType("Autodiff.ElementaryOps, Autodiff.Ops") is { } type) RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
    }
}
