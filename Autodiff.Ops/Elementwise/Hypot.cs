using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Length of a vector of two: y = √(a² + b²), without overflow.</summary>
/// <remarks>∂y/∂a = a / y, ∂y/∂b = b / y; at (0, 0), where it has none, 0, as the norm. ∞ if one is infinite, even beside NaN. Accuracy: at most 2 units in the last place.</remarks>
public readonly struct Hypot : IBinary<Hypot>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.NonZero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        // scaled by a power of two, so that the greater of both is near 1
        R x = R.Magnitude(a), y = R.Magnitude(b), infinity = R.Of(double.PositiveInfinity), large = R.IfGreater(x, y, x, y);
        R up = R.Of(1e150, 1e18), down = R.Of(1e-150, 1e-18), one = R.Of(1);
        R scale = R.IfGreater(large, up, R.PowerOfTwo(R.Of(-600, -75)), R.IfGreater(down, large, R.PowerOfTwo(R.Of(600, 75)), one));
        R back = R.IfGreater(large, up, R.PowerOfTwo(R.Of(600, 75)), R.IfGreater(down, large, R.PowerOfTwo(R.Of(-600, -75)), one));
        R u = x * scale, v = y * scale, root = R.SquareRoot(R.FusedMultiplyAdd(u, u, v * v)) * back;
        return R.IfEqual(x, infinity, x, R.IfEqual(y, infinity, y, root));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, R.Of(0), R.Of(0), a / y);

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfEqual(y, R.Of(0), R.Of(0), b / y);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Hypot"/>
        public R Hypot(R b) => R.Apply<Hypot>(a, b);

        /// <inheritdoc cref="Autodiff.Hypot"/>
        [OverloadResolutionPriority(1)]
        public R Hypot(double b) => R.Apply<Hypot>(a, R.Of(b));
    }
}
