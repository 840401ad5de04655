using System.Globalization;
using System.Numerics;

namespace Autodiff;

// .NET's number: what is written once over its interfaces runs with double and with Scalar<double>. The static members are explicit,
// so that a formula over scalars reads as before (x.Exp()); docs/generic.md says what each does on a tape.
public readonly partial struct Scalar<T> : IFloatingPointIeee754<Scalar<T>>, IMinMaxValue<Scalar<T>>
{
    static Scalar<T> INumberBase<Scalar<T>>.One => T.One;

    static Scalar<T> INumberBase<Scalar<T>>.Zero => T.Zero;

    static int INumberBase<Scalar<T>>.Radix => T.Radix;

    static Scalar<T> IAdditiveIdentity<Scalar<T>, Scalar<T>>.AdditiveIdentity => T.AdditiveIdentity;

    static Scalar<T> IMultiplicativeIdentity<Scalar<T>, Scalar<T>>.MultiplicativeIdentity => T.MultiplicativeIdentity;

    static Scalar<T> ISignedNumber<Scalar<T>>.NegativeOne => T.NegativeOne;

    static Scalar<T> IFloatingPointConstants<Scalar<T>>.E => T.E;

    static Scalar<T> IFloatingPointConstants<Scalar<T>>.Pi => T.Pi;

    static Scalar<T> IFloatingPointConstants<Scalar<T>>.Tau => T.Tau;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.Epsilon => T.Epsilon;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.NaN => T.NaN;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.NegativeInfinity => T.NegativeInfinity;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.NegativeZero => T.NegativeZero;

    static Scalar<T> IFloatingPointIeee754<Scalar<T>>.PositiveInfinity => T.PositiveInfinity;

    static Scalar<T> IMinMaxValue<Scalar<T>>.MaxValue => T.BitDecrement(T.PositiveInfinity);

    static Scalar<T> IMinMaxValue<Scalar<T>>.MinValue => T.BitIncrement(T.NegativeInfinity);

    /// <summary>Whether the values are the same number; false if one is NaN. A comparison has no derivative. In a row function it is noticed, as &gt; is.</summary>
    public static bool operator ==(Scalar<T> a, Scalar<T> b) => HaveOneValue(a, b);

    /// <summary>Whether the values differ; true if one is NaN.</summary>
    public static bool operator !=(Scalar<T> a, Scalar<T> b) => !HaveOneValue(a, b);

    static Scalar<T> IUnaryPlusOperators<Scalar<T>, Scalar<T>>.operator +(Scalar<T> x) => x;

    static Scalar<T> IIncrementOperators<Scalar<T>>.operator ++(Scalar<T> x) => x + T.One;

    static Scalar<T> IDecrementOperators<Scalar<T>>.operator --(Scalar<T> x) => x - T.One;

    static Scalar<T> IModulusOperators<Scalar<T>, Scalar<T>, Scalar<T>>.operator %(Scalar<T> a, Scalar<T> b) => Functions.Remainder(a, b);

    /// <summary>Whether the values are equal, as numbers of T are: NaN equals NaN, and 0 equals −0. Two steps of one value are equal.</summary>
    /// <exception cref="InvalidOperationException">One is a default handle or one of a recording that is gone.</exception>
    public bool Equals(Scalar<T> other) => this == other || IsNaN(this) && IsNaN(other);

    /// <summary>Whether it is a scalar of an equal value.</summary>
    public override bool Equals(object? obj) => obj is Scalar<T> other && Equals(other);

    /// <summary>That of the value, as <see cref="Equals(Scalar{T})"/> compares values.</summary>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The order of the values, as numbers of T have it: NaN stands before all others and beside itself.</summary>
    /// <returns>−1, 0 or 1.</returns>
    public int CompareTo(Scalar<T> other)
        => this < other ? -1 : this > other ? 1 : this == other ? 0 : IsNaN(this) ? IsNaN(other) ? 0 : -1 : 1;

    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Scalar<T> other => CompareTo(other),
        _ => throw new ArgumentException($"CompareTo: the other is a {obj.GetType().Name}; needs a Scalar<{typeof(T).Name}>.", nameof(obj)),
    };

    /// <summary>The value as text; without a provider in the invariant culture, as <see cref="ToString()"/>.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider ?? CultureInfo.InvariantCulture);

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(destination, out charsWritten, format, provider ?? CultureInfo.InvariantCulture);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => Value.TryFormat(utf8Destination, out bytesWritten, format, provider ?? CultureInfo.InvariantCulture);

    private static Elementary<T> Functions => Elementary<T>.Instance;

    private static bool HaveOneValue(Scalar<T> a, Scalar<T> b) => Compare(Comparison.Equal, a, b);
}
