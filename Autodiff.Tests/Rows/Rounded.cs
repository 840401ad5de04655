namespace Autodiff.Tests.Rows;

/// <summary>
/// A number, a bound of its rounding error to first order (what the operands' errors become, and a few units in the last place for each operation), and
/// the sum of the magnitudes that it was added up of.
/// </summary>
internal readonly record struct Rounded(double Value, double Error, double Magnitude) : IReal<Rounded>
{
    public const double Unit = 2.3e-16;

    /// <summary>Whether every comparison since it was set came out the way it does without rounding.</summary>
    [field: ThreadStatic]
    public static bool IsSure { get; set; }

    public bool IsFinite => double.IsFinite(Value + Error + Magnitude);

    public static Rounded Exact(double value) => new(value, 0, Math.Abs(value));

    public static Rounded Of(double value) => Exact(value);

    public static bool Greater(Rounded a, Rounded b)
    {
        if (Math.Abs(a.Value - b.Value) <= 8 * (a.Error + b.Error)) IsSure = false;
        return a.Value > b.Value;
    }

    public static Rounded operator +(Rounded a, Rounded b) => Sum(a.Value + b.Value, a, b);

    public static Rounded operator -(Rounded a, Rounded b) => Sum(a.Value - b.Value, a, b);

    public static Rounded operator *(Rounded a, Rounded b)
    {
        double y = a.Value * b.Value;
        return new(y, (a.Error * Math.Abs(b.Value)) + (Math.Abs(a.Value) * b.Error) + (Unit * Math.Abs(y)), a.Magnitude * b.Magnitude);
    }

    public static Rounded operator /(Rounded a, Rounded b)
    {
        double y = a.Value / b.Value;
        return new(y, ((a.Error + (Math.Abs(y) * b.Error)) / Math.Abs(b.Value)) + (Unit * Math.Abs(y)), a.Magnitude / Math.Abs(b.Value));
    }

    public static Rounded operator -(Rounded x) => x with { Value = -x.Value };

    public static Rounded IfGreater(Rounded a, Rounded b, Rounded then, Rounded otherwise) => Greater(a, b) ? then : otherwise;

    public static Rounded IfEqual(Rounded a, Rounded b, Rounded then, Rounded otherwise) => a.Value == b.Value ? then : otherwise;

    public static Rounded Apply<TOp>(Rounded x) where TOp : struct, IUnary<TOp>
    {
        One<double> a = new(x.Value), y = TOp.Primal(a);
        return Applied(y, x.Error * Math.Abs(TOp.Partial(a, y).Value));
    }

    public static Rounded Apply<TOp>(Rounded x, Rounded z) where TOp : struct, IBinary<TOp>
    {
        if (typeof(TOp) == typeof(Chain)) return x.Magnitude == 0 ? Exact(0) : x * z;
        if (typeof(TOp) == typeof(Maximum) || typeof(TOp) == typeof(GreaterThan)) Greater(x, z);
        One<double> a = new(x.Value), b = new(z.Value), y = TOp.Primal(a, b);
        return Applied(y, (x.Error * Math.Abs(TOp.PartialA(a, b, y).Value)) + (z.Error * Math.Abs(TOp.PartialB(a, b, y).Value)));
    }

    public static Rounded Apply<TOp>(Rounded x, Rounded z, Rounded w) where TOp : struct, ITernary<TOp>
    {
        One<double> a = new(x.Value), b = new(z.Value), c = new(w.Value), y = TOp.Primal(a, b, c);
        return Applied(y, (x.Error * Math.Abs(TOp.PartialA(a, b, c, y).Value)) + (z.Error * Math.Abs(TOp.PartialB(a, b, c, y).Value)) + (w.Error * Math.Abs(TOp.PartialC(a, b, c, y).Value)));
    }

    private static Rounded Sum(double y, Rounded a, Rounded b) => new(y, a.Error + b.Error + (Unit * Math.Abs(y)), a.Magnitude + b.Magnitude);

    // an elementary function is within 3 units in the last place, and its derivative's formula as good as that
    private static Rounded Applied(One<double> y, double error) => new(y.Value, error + (4 * Unit * Math.Abs(y.Value)), Math.Abs(y.Value));
}
