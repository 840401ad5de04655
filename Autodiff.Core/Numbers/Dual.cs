namespace Autodiff;

/// <summary>
/// A number and its tangent, v + ε·d with ε² = 0: the forward-mode reading of a formula. Every elementwise op works on it
/// through its own partial derivatives; R may itself be a <see cref="Dual{R}"/>.
/// </summary>
/// <typeparam name="R">The numbers it is made of.</typeparam>
/// <param name="Value">v.</param>
/// <param name="Tangent">d, the derivative along the seeded direction.</param>
public readonly record struct Dual<R>(R Value, R Tangent) : IReal<Dual<R>> where R : struct, IReal<R>
{
    /// <inheritdoc/>
    public static Dual<R> Of(double value) => new(R.Of(value), R.Of(0));

    /// <summary>a + b.</summary>
    public static Dual<R> operator +(Dual<R> a, Dual<R> b) => new(a.Value + b.Value, a.Tangent + b.Tangent);

    /// <summary>a − b.</summary>
    public static Dual<R> operator -(Dual<R> a, Dual<R> b) => new(a.Value - b.Value, a.Tangent - b.Tangent);

    /// <summary>a · b.</summary>
    public static Dual<R> operator *(Dual<R> a, Dual<R> b) => new(a.Value * b.Value, (a.Tangent * b.Value) + (a.Value * b.Tangent));

    /// <summary>a / b.</summary>
    public static Dual<R> operator /(Dual<R> a, Dual<R> b)
    {
        R y = a.Value / b.Value;
        return new(y, (a.Tangent - (y * b.Tangent)) / b.Value);
    }

    /// <summary>−x.</summary>
    public static Dual<R> operator -(Dual<R> x) => new(-x.Value, -x.Tangent);

    /// <inheritdoc/>
    public static Dual<R> IfGreater(Dual<R> a, Dual<R> b, Dual<R> then, Dual<R> otherwise)
        => new(R.IfGreater(a.Value, b.Value, then.Value, otherwise.Value), R.IfGreater(a.Value, b.Value, then.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static Dual<R> IfEqual(Dual<R> a, Dual<R> b, Dual<R> then, Dual<R> otherwise)
        => new(R.IfEqual(a.Value, b.Value, then.Value, otherwise.Value), R.IfEqual(a.Value, b.Value, then.Tangent, otherwise.Tangent));

    /// <inheritdoc/>
    public static Dual<R> Apply<TOp>(Dual<R> x) where TOp : struct, IUnary<TOp>
    {
        R y = R.Apply<TOp>(x.Value);
        return new(y, R.Apply<Chain>(x.Tangent, TOp.Partial(x.Value, y)));
    }

    /// <inheritdoc/>
    public static Dual<R> Apply<TOp>(Dual<R> a, Dual<R> b) where TOp : struct, IBinary<TOp>
    {
        R y = R.Apply<TOp>(a.Value, b.Value);
        return new(y, R.Apply<Chain>(a.Tangent, TOp.PartialA(a.Value, b.Value, y)) + R.Apply<Chain>(b.Tangent, TOp.PartialB(a.Value, b.Value, y)));
    }

    /// <inheritdoc/>
    public static Dual<R> Apply<TOp>(Dual<R> a, Dual<R> b, Dual<R> c) where TOp : struct, ITernary<TOp>
    {
        R y = R.Apply<TOp>(a.Value, b.Value, c.Value);
        return new(y, R.Apply<Chain>(a.Tangent, TOp.PartialA(a.Value, b.Value, c.Value, y))
            + R.Apply<Chain>(b.Tangent, TOp.PartialB(a.Value, b.Value, c.Value, y))
            + R.Apply<Chain>(c.Tangent, TOp.PartialC(a.Value, b.Value, c.Value, y)));
    }
}
