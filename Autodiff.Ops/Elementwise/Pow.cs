namespace Autodiff;

/// <summary>Power: y = aᵇ.</summary>
/// <remarks>
/// ∂y/∂a = b·a^(b−1), and 0 where b = 0 (also at a = 0 and ∞); ∂y/∂b = y·ln a, and 0 where a = 0 and b ≥ 0 (the limit; libtorch agrees). 0⁰ = 1.
/// A negative a with an integer b is a real number, with the derivative by a; its derivative by b is NaN. A negative a with another b is NaN.
/// </remarks>
public readonly struct Pow : IBinary<Pow>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Positive, Autodiff.Domain.In((-1.5, -0.5), (0.5, 2.5)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.Each<ByRuntime>(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(b, R.Of(0), R.Of(0), b * R.Apply<Pow>(a, b - R.Of(1)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>
        => R.IfEqual(a, R.Of(0), R.IfGreater(R.Of(0), b, y * R.Of(double.NegativeInfinity), R.IfEqual(b, b, R.Of(0), b)), y * a.Log());

    private readonly struct ByRuntime : IScalarFunction
    {
        public static T Invoke<T>(T a, T b) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => T.Pow(a, b);
    }
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Pow"/>
        public R Pow(R b) => R.Apply<Pow>(a, b);

        /// <inheritdoc cref="Autodiff.Pow"/>
        public R Pow(double b) => R.Apply<Pow>(a, R.Of(b));
    }
}
