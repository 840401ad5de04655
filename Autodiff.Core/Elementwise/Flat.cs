namespace Autodiff;

/// <summary>
/// Whether a derivative is zero by its formula, whatever the numbers are. Then nothing flows back, as in the recorded sweep, which sees the constant: not even a NaN.
/// </summary>
internal static class Flat<E, K> where E : struct, IElementwise where K : struct, IOperand
{
    public static readonly bool IsZero = E.Partial<Formula, K>(default, default, default, default) is { IsKnown: true, Value: 0 };
}

/// <summary>A formula is read over this to find what of it is constant: known numbers are computed, what meets an operand is not known.</summary>
internal readonly struct Formula : IReal<Formula>
{
    private Formula(double value) => (IsKnown, Value) = (true, value);

    public bool IsKnown { get; }

    public double Value { get; }

    public static Formula Of(double value) => new(value);

    public static Formula operator +(Formula a, Formula b) => Both(a, b) ? new(a.Value + b.Value) : default;

    public static Formula operator -(Formula a, Formula b) => Both(a, b) ? new(a.Value - b.Value) : default;

    public static Formula operator *(Formula a, Formula b) => Both(a, b) ? new(a.Value * b.Value) : default;

    public static Formula operator /(Formula a, Formula b) => Both(a, b) ? new(a.Value / b.Value) : default;

    public static Formula operator -(Formula x) => x.IsKnown ? new(-x.Value) : default;

    public static Formula IfGreater(Formula a, Formula b, Formula then, Formula otherwise) => !Both(a, b) ? default : a.Value > b.Value ? then : otherwise;

    public static Formula IfEqual(Formula a, Formula b, Formula then, Formula otherwise) => !Both(a, b) ? default : a.Value == b.Value ? then : otherwise;

    public static Formula Apply<TOp>(Formula x) where TOp : struct, IUnary<TOp> => x.IsKnown ? new(TOp.Primal(new One<double>(x.Value)).Value) : default;

    public static Formula Apply<TOp>(Formula a, Formula b) where TOp : struct, IBinary<TOp>
        => Both(a, b) ? new(TOp.Primal(new One<double>(a.Value), new One<double>(b.Value)).Value) : default;

    public static Formula Apply<TOp>(Formula a, Formula b, Formula c) where TOp : struct, ITernary<TOp>
        => Both(a, b) && c.IsKnown ? new(TOp.Primal(new One<double>(a.Value), new One<double>(b.Value), new One<double>(c.Value)).Value) : default;

    private static bool Both(Formula a, Formula b) => a.IsKnown && b.IsKnown;
}
