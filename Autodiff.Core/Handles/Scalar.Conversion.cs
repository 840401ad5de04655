using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

// Text and numbers in are constants. A number out of a scalar on a tape would lose the derivative without a word, so it is refused: Value says it aloud.
public readonly partial struct Scalar<T>
{
    static Scalar<T> INumberBase<Scalar<T>>.Parse(string s, NumberStyles style, IFormatProvider? provider) => T.Parse(s, style, provider);

    static Scalar<T> INumberBase<Scalar<T>>.Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider) => T.Parse(s, style, provider);

    static Scalar<T> IParsable<Scalar<T>>.Parse(string s, IFormatProvider? provider) => T.Parse(s, provider);

    static Scalar<T> ISpanParsable<Scalar<T>>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => T.Parse(s, provider);

    static bool INumberBase<Scalar<T>>.TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out Scalar<T> result)
        => Constant(T.TryParse(s, style, provider, out T value), value, out result);

    static bool INumberBase<Scalar<T>>.TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out Scalar<T> result)
        => Constant(T.TryParse(s, style, provider, out T value), value, out result);

    static bool IParsable<Scalar<T>>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Scalar<T> result)
        => Constant(T.TryParse(s, provider, out T value), value, out result);

    static bool ISpanParsable<Scalar<T>>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Scalar<T> result)
        => Constant(T.TryParse(s, provider, out T value), value, out result);

    static bool INumberBase<Scalar<T>>.TryConvertFromChecked<TOther>(TOther value, out Scalar<T> result)
        => Constant(Same(value, out T number) || T.TryConvertFromChecked(value, out number) || TOther.TryConvertToChecked(value, out number), number, out result);

    static bool INumberBase<Scalar<T>>.TryConvertFromSaturating<TOther>(TOther value, out Scalar<T> result)
        => Constant(Same(value, out T number) || T.TryConvertFromSaturating(value, out number) || TOther.TryConvertToSaturating(value, out number), number, out result);

    static bool INumberBase<Scalar<T>>.TryConvertFromTruncating<TOther>(TOther value, out Scalar<T> result)
        => Constant(Same(value, out T number) || T.TryConvertFromTruncating(value, out number) || TOther.TryConvertToTruncating(value, out number), number, out result);

    static bool INumberBase<Scalar<T>>.TryConvertToChecked<TOther>(Scalar<T> value, [MaybeNullWhen(false)] out TOther result)
    {
        if (Same(value, out result)) return true;
        T number = Plain(value, typeof(TOther));
        return Same(number, out result) || TOther.TryConvertFromChecked(number, out result) || T.TryConvertToChecked(number, out result);
    }

    static bool INumberBase<Scalar<T>>.TryConvertToSaturating<TOther>(Scalar<T> value, [MaybeNullWhen(false)] out TOther result)
    {
        if (Same(value, out result)) return true;
        T number = Plain(value, typeof(TOther));
        return Same(number, out result) || TOther.TryConvertFromSaturating(number, out result) || T.TryConvertToSaturating(number, out result);
    }

    static bool INumberBase<Scalar<T>>.TryConvertToTruncating<TOther>(Scalar<T> value, [MaybeNullWhen(false)] out TOther result)
    {
        if (Same(value, out result)) return true;
        T number = Plain(value, typeof(TOther));
        return Same(number, out result) || TOther.TryConvertFromTruncating(number, out result) || T.TryConvertToTruncating(number, out result);
    }

    private static bool Same<TFrom, TTo>(TFrom value, [MaybeNullWhen(false)] out TTo result)
    {
        result = value is TTo same ? same : default;
        return typeof(TFrom) == typeof(TTo);
    }

    private static T Plain(Scalar<T> x, Type target) => x.Recording is null
        ? x.Value
        : throw new InvalidOperationException(
            $"Scalar<{typeof(T).Name}>: it is on a tape, and as a {target.Name} it would lose its derivative; needs a constant, or the scalar's Value.");

    // what has no value yet is 0, a number like any other, not a handle of nothing
    private static bool Constant(bool found, T value, out Scalar<T> result)
    {
        result = value;
        return found;
    }
}
