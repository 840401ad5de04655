using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Finite numbers instead of infinities and NaN: y = a, but b where a is ∞ and c where it is −∞; the member replaces NaN, too.</summary>
/// <remarks>∂y/∂a = 1, and 0 where a was replaced; ∂y/∂b and ∂y/∂c are 1 where they were taken. b and c are held within the range of the type, so that the greatest double is the greatest float in float.
/// What was replaced was nearly always a mistake upstream: its gradient ends here.</remarks>
public readonly struct NanToNum : ITernary<NanToNum>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
    {
        R infinity = R.Of(double.PositiveInfinity);
        return R.IfEqual(a, infinity, Within(b), R.IfEqual(a, -infinity, Within(c), a));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R>
        => R.IfEqual(a, R.Of(double.PositiveInfinity), R.Of(0), R.IfEqual(a, R.Of(double.NegativeInfinity), R.Of(0), R.IfEqual(a, a, R.Of(1), a)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(double.PositiveInfinity), R.Of(1), R.Of(0));

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(double.NegativeInfinity), R.Of(1), R.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static R Within<R>(R x) where R : struct, ILane<R>
    {
        R greatest = R.Of(double.MaxValue, float.MaxValue);
        return R.AtLeast(R.AtMost(x, greatest), -greatest);
    }
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.NanToNum"/>
        /// <param name="nan">What stands for NaN.</param>
        /// <param name="positiveInfinity">What stands for ∞; the greatest number of the type if left out.</param>
        /// <param name="negativeInfinity">What stands for −∞; the least number of the type if left out.</param>
        public R NanToNum(double nan = 0, double positiveInfinity = double.MaxValue, double negativeInfinity = double.MinValue)
            => R.Apply<Where>(R.Apply<IsNaN>(x), R.Of(nan), R.Apply<NanToNum>(x, R.Of(positiveInfinity), R.Of(negativeInfinity)));
    }
}
