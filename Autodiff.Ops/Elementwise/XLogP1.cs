using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>a times the logarithm of one more than b: y = a·ln(1 + b), with all digits for small b, and 0 where a = 0, whatever number b is.</summary>
/// <remarks>∂y/∂a = ln(1 + b), and 0 where a = 0 and b ≤ −1; ∂y/∂b = a / (1 + b), and 0 where a = 0. NaN in either gives NaN. Accuracy: at most 4 units in the last place.
/// NumPy and PyTorch call it <c>xlog1py</c>.</remarks>
public readonly struct XLogP1 : IBinary<XLogP1>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
        => R.IfEqual(a, R.Of(0), R.IfEqual(b, b, R.Of(0), b), a * Autodiff.LogP1.Primal(b));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(a, R.Of(0), R.IfGreater(b, R.Of(-1), b.LogP1(), R.IfEqual(b, b, R.Of(0), b)), b.LogP1());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(a, R.Of(0), R.IfEqual(b, R.Of(-1), R.Of(0), a / (R.Of(1) + b)), a / (R.Of(1) + b));
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.XLogP1"/>
        public R XLogP1(R b) => R.Apply<XLogP1>(a, b);

        /// <inheritdoc cref="Autodiff.XLogP1"/>
        [OverloadResolutionPriority(1)]
        public R XLogP1(double b) => R.Apply<XLogP1>(a, R.Of(b));
    }
}
