using System.Numerics;

namespace Autodiff;

// Questions about the value. They have no derivative.
public readonly partial struct Scalar<T>
{
    static bool INumberBase<Scalar<T>>.IsCanonical(Scalar<T> value) => T.IsCanonical(Read(value));

    static bool INumberBase<Scalar<T>>.IsComplexNumber(Scalar<T> value) => T.IsComplexNumber(Read(value));

    static bool INumberBase<Scalar<T>>.IsEvenInteger(Scalar<T> value) => T.IsEvenInteger(Read(value));

    static bool INumberBase<Scalar<T>>.IsFinite(Scalar<T> value) => T.IsFinite(Read(value));

    static bool INumberBase<Scalar<T>>.IsImaginaryNumber(Scalar<T> value) => T.IsImaginaryNumber(Read(value));

    static bool INumberBase<Scalar<T>>.IsInfinity(Scalar<T> value) => T.IsInfinity(Read(value));

    static bool INumberBase<Scalar<T>>.IsInteger(Scalar<T> value) => T.IsInteger(Read(value));

    static bool INumberBase<Scalar<T>>.IsNaN(Scalar<T> value) => T.IsNaN(Read(value));

    static bool INumberBase<Scalar<T>>.IsNegative(Scalar<T> value) => T.IsNegative(Read(value));

    static bool INumberBase<Scalar<T>>.IsNegativeInfinity(Scalar<T> value) => T.IsNegativeInfinity(Read(value));

    static bool INumberBase<Scalar<T>>.IsNormal(Scalar<T> value) => T.IsNormal(Read(value));

    static bool INumberBase<Scalar<T>>.IsOddInteger(Scalar<T> value) => T.IsOddInteger(Read(value));

    static bool INumberBase<Scalar<T>>.IsPositive(Scalar<T> value) => T.IsPositive(Read(value));

    static bool INumberBase<Scalar<T>>.IsPositiveInfinity(Scalar<T> value) => T.IsPositiveInfinity(Read(value));

    static bool INumberBase<Scalar<T>>.IsRealNumber(Scalar<T> value) => T.IsRealNumber(Read(value));

    static bool INumberBase<Scalar<T>>.IsSubnormal(Scalar<T> value) => T.IsSubnormal(Read(value));

    static bool INumberBase<Scalar<T>>.IsZero(Scalar<T> value) => T.IsZero(Read(value));

    static int INumber<Scalar<T>>.Sign(Scalar<T> value) => T.Sign(Read(value));

    static int IFloatingPointIeee754<Scalar<T>>.ILogB(Scalar<T> x) => T.ILogB(Read(x));

    int IFloatingPoint<Scalar<T>>.GetExponentByteCount() => Read(this).GetExponentByteCount();

    int IFloatingPoint<Scalar<T>>.GetExponentShortestBitLength() => Read(this).GetExponentShortestBitLength();

    int IFloatingPoint<Scalar<T>>.GetSignificandBitLength() => Read(this).GetSignificandBitLength();

    int IFloatingPoint<Scalar<T>>.GetSignificandByteCount() => Read(this).GetSignificandByteCount();

    bool IFloatingPoint<Scalar<T>>.TryWriteExponentBigEndian(Span<byte> destination, out int bytesWritten)
        => Read(this).TryWriteExponentBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteExponentLittleEndian(Span<byte> destination, out int bytesWritten)
        => Read(this).TryWriteExponentLittleEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteSignificandBigEndian(Span<byte> destination, out int bytesWritten)
        => Read(this).TryWriteSignificandBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<Scalar<T>>.TryWriteSignificandLittleEndian(Span<byte> destination, out int bytesWritten)
        => Read(this).TryWriteSignificandLittleEndian(destination, out bytesWritten);
}
