using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Tangent: y = tan x, x in radians.</summary>
/// <remarks>∂y/∂x = 1 + y². NaN at ±∞. Accuracy: at most 4 units in the last place; computed as sin x / cos x.</remarks>
public readonly struct Tan : IUnary<Tan>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Output;

    /// <inheritdoc/>
    public static Domain Domain => Autodiff.Domain.In((-1.2, 1.2));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R x) where R : struct, ILane<R> => R.SineOf(x) / R.CosineOf(x);

    /// <inheritdoc/>
    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1) + (y * y);
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Tan"/>
        public R Tan() => R.Apply<Tan>(x);
    }
}
