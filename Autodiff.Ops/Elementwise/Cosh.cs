using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Hyperbolic cosine: y = cosh x = ½·(eˣ + e^(−x)).</summary>
/// <remarks>∂y/∂x = sinh x. ∞ above |x| = 710.48 (float: 89.42). NaN gives NaN. Accuracy: at most 2 units in the last place.</remarks>
public readonly struct Cosh : IUnary<Cosh>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.Reals;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R>
    {
        R h = Autodiff.Sinh.Parts(R.Magnitude(x)).H;
        return h + (R.Of(0.25) / h);
    }

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => x.Sinh();
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Cosh"/>
        public R Cosh() => R.Apply<Cosh>(x);
    }
}
