using System.Numerics;

namespace Autodiff;

// Questions about the value. They have no derivative. Those that a comparison answers may be asked in a row function, where they choose the path; the others
// read the value, which is refused there.
public readonly partial struct Scalar<T>
{
    static bool INumberBase<Scalar<T>>.IsCanonical(Scalar<T> value) => T.IsCanonical(value.Value);

    static bool INumberBase<Scalar<T>>.IsComplexNumber(Scalar<T> value) => false;

    static bool INumberBase<Scalar<T>>.IsEvenInteger(Scalar<T> value) => T.IsEvenInteger(value.Value);

    static bool INumberBase<Scalar<T>>.IsFinite(Scalar<T> value) => IsFinite(value);

    static bool INumberBase<Scalar<T>>.IsImaginaryNumber(Scalar<T> value) => false;

    static bool INumberBase<Scalar<T>>.IsInfinity(Scalar<T> value) => value == T.PositiveInfinity || value == T.NegativeInfinity;

    static bool INumberBase<Scalar<T>>.IsInteger(Scalar<T> value) => T.IsInteger(value.Value);

    static bool INumberBase<Scalar<T>>.IsNaN(Scalar<T> value) => IsNaN(value);

    static bool INumberBase<Scalar<T>>.IsNegative(Scalar<T> value) => IsNegative(value);

    static bool INumberBase<Scalar<T>>.IsNegativeInfinity(Scalar<T> value) => value == T.NegativeInfinity;

    static bool INumberBase<Scalar<T>>.IsNormal(Scalar<T> value) => T.IsNormal(value.Value);

    static bool INumberBase<Scalar<T>>.IsOddInteger(Scalar<T> value) => T.IsOddInteger(value.Value);

    static bool INumberBase<Scalar<T>>.IsPositive(Scalar<T> value) => !IsNegative(value);

    static bool INumberBase<Scalar<T>>.IsPositiveInfinity(Scalar<T> value) => value == T.PositiveInfinity;

    static bool INumberBase<Scalar<T>>.IsRealNumber(Scalar<T> value) => !IsNaN(value);

    static bool INumberBase<Scalar<T>>.IsSubnormal(Scalar<T> value) => T.IsSubnormal(value.Value);

    static bool INumberBase<Scalar<T>>.IsZero(Scalar<T> value) => value == T.Zero;

    static int INumber<Scalar<T>>.Sign(Scalar<T> value) => value > T.Zero ? 1 : value < T.Zero ? -1 : value == T.Zero ? 0 : T.Sign(value.Value);

    static int IFloatingPointIeee754<Scalar<T>>.ILogB(Scalar<T> x) => T.ILogB(x.Value);

    private static bool IsNaN(Scalar<T> x) => !HaveOneValue(x, x);

    private static bool IsFinite(Scalar<T> x) => x < T.PositiveInfinity && x > T.NegativeInfinity;

    // the sign bit; in a row function by comparisons, which do not see the sign of NaN
    private static bool IsNegative(Scalar<T> x) => RowOf(x, x) is null ? T.IsNegative(x.Value) : x < T.Zero || x == T.Zero && T.One / x < T.Zero;

    int IFloatingPoint<Scalar<T>>.GetExponentByteCount() => Value.GetExponentByteCount();

    int IFloatingPoint<Scalar<T>>.GetExponentShortestBitLength() => Value.GetExponentShortestBitLength();

    int IFloatingPoint<Scalar<T>>.GetSignificandBitLength() => Value.GetSignificandBitLength();

    int IFloatingPoint<Scalar<T>>.GetSignificandByteCount() => Value.GetSignificandByteCount();

    bool IFloatingPoint<Scalar<T>>.TryWriteExponentBigEndian(Span<byte> destination, out int bytesWritten)
        => Value.TryWriteExponentBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteExponentLittleEndian(Span<byte> destination, out int bytesWritten)
        => Value.TryWriteExponentLittleEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteSignificandBigEndian(Span<byte> destination, out int bytesWritten)
        => Value.TryWriteSignificandBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteSignificandLittleEndian(Span<byte> destination, out int bytesWritten)
        => Value.TryWriteSignificandLittleEndian(destination, out bytesWritten);
}
