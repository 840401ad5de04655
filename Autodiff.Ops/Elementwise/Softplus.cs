using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Smooth rectifier: y = ln(1 + eˣ).</summary>
/// <remarks>∂y/∂x = σ(x). Computed as max(x, 0) + ln(1 + e^(−|x|)): no overflow, all digits where it is small. NaN gives NaN.</remarks>
public readonly struct Softplus : IUnary<Softplus>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
        => R.IfGreater(x, R.Of(0), x, R.Of(0)) + LogP1Of(Autodiff.Exp.Primal(-R.Magnitude(x)));

    // a call for each lane: both formulas in one loop are more than the compiler inlines, and it would call their every operator
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static R LogP1Of<R>(R x) where R : struct, ILane<R> => Autodiff.LogP1.Primal(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Sigmoid();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Softplus"/>
        public R Softplus() => R.Apply<Softplus>(x);
    }
}
