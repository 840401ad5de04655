using System.Numerics;

namespace Autodiff.Tests.Generic;

/// <summary>Every function of .NET's number interfaces, written once for any T: read over double and over Scalar&lt;double&gt; in the tests.</summary>
internal static class NumberFunctions
{
    /// <summary>By name and number of parameters; whole numbers among the parameters are fixed here.</summary>
    public static Dictionary<string, Func<T[], T>[]> Of<T>() where T : IFloatingPointIeee754<T> => new()
    {
        ["Exp/1"] = [x => T.Exp(x[0])],
        ["ExpM1/1"] = [x => T.ExpM1(x[0])],
        ["Exp2/1"] = [x => T.Exp2(x[0])],
        ["Exp2M1/1"] = [x => T.Exp2M1(x[0])],
        ["Exp10/1"] = [x => T.Exp10(x[0])],
        ["Exp10M1/1"] = [x => T.Exp10M1(x[0])],
        ["Log/1"] = [x => T.Log(x[0])],
        ["Log/2"] = [x => T.Log(x[0], x[1])],
        ["LogP1/1"] = [x => T.LogP1(x[0])],
        ["Log2/1"] = [x => T.Log2(x[0])],
        ["Log2P1/1"] = [x => T.Log2P1(x[0])],
        ["Log10/1"] = [x => T.Log10(x[0])],
        ["Log10P1/1"] = [x => T.Log10P1(x[0])],
        ["Pow/2"] = [x => T.Pow(x[0], x[1])],
        ["Sqrt/1"] = [x => T.Sqrt(x[0])],
        ["Cbrt/1"] = [x => T.Cbrt(x[0])],
        ["Hypot/2"] = [x => T.Hypot(x[0], x[1])],
        ["RootN/2"] = [.. new[] { -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 8 }.Select<int, Func<T[], T>>(n => x => T.RootN(x[0], n))],
        ["Sin/1"] = [x => T.Sin(x[0])],
        ["Cos/1"] = [x => T.Cos(x[0])],
        ["Tan/1"] = [x => T.Tan(x[0])],
        ["SinCos/1"] = [x => T.SinCos(x[0]).Sin, x => T.SinCos(x[0]).Cos],
        ["SinPi/1"] = [x => T.SinPi(x[0])],
        ["CosPi/1"] = [x => T.CosPi(x[0])],
        ["TanPi/1"] = [x => T.TanPi(x[0])],
        ["SinCosPi/1"] = [x => T.SinCosPi(x[0]).SinPi, x => T.SinCosPi(x[0]).CosPi],
        ["Asin/1"] = [x => T.Asin(x[0])],
        ["Acos/1"] = [x => T.Acos(x[0])],
        ["Atan/1"] = [x => T.Atan(x[0])],
        ["AsinPi/1"] = [x => T.AsinPi(x[0])],
        ["AcosPi/1"] = [x => T.AcosPi(x[0])],
        ["AtanPi/1"] = [x => T.AtanPi(x[0])],
        ["Atan2/2"] = [x => T.Atan2(x[0], x[1])],
        ["Atan2Pi/2"] = [x => T.Atan2Pi(x[0], x[1])],
        ["DegreesToRadians/1"] = [x => T.DegreesToRadians(x[0])],
        ["RadiansToDegrees/1"] = [x => T.RadiansToDegrees(x[0])],
        ["Sinh/1"] = [x => T.Sinh(x[0])],
        ["Cosh/1"] = [x => T.Cosh(x[0])],
        ["Tanh/1"] = [x => T.Tanh(x[0])],
        ["Asinh/1"] = [x => T.Asinh(x[0])],
        ["Acosh/1"] = [x => T.Acosh(x[0])],
        ["Atanh/1"] = [x => T.Atanh(x[0])],
        ["Abs/1"] = [x => T.Abs(x[0])],
        ["Max/2"] = [x => T.Max(x[0], x[1])],
        ["Min/2"] = [x => T.Min(x[0], x[1])],
        ["MaxNative/2"] = [x => T.MaxNative(x[0], x[1])],
        ["MinNative/2"] = [x => T.MinNative(x[0], x[1])],
        ["MaxNumber/2"] = [x => T.MaxNumber(x[0], x[1])],
        ["MinNumber/2"] = [x => T.MinNumber(x[0], x[1])],
        ["MaxMagnitude/2"] = [x => T.MaxMagnitude(x[0], x[1])],
        ["MinMagnitude/2"] = [x => T.MinMagnitude(x[0], x[1])],
        ["MaxMagnitudeNumber/2"] = [x => T.MaxMagnitudeNumber(x[0], x[1])],
        ["MinMagnitudeNumber/2"] = [x => T.MinMagnitudeNumber(x[0], x[1])],
        ["Clamp/3"] = [x => x[1] <= x[2] ? T.Clamp(x[0], x[1], x[2]) : T.Clamp(x[0], x[2], x[1])],
        ["ClampNative/3"] = [x => x[1] <= x[2] ? T.ClampNative(x[0], x[1], x[2]) : T.ClampNative(x[0], x[2], x[1])],
        ["CopySign/2"] = [x => T.CopySign(x[0], x[1])],
        ["Floor/1"] = [x => T.Floor(x[0])],
        ["Ceiling/1"] = [x => T.Ceiling(x[0])],
        ["Truncate/1"] = [x => T.Truncate(x[0])],
        ["Round/1"] = [x => T.Round(x[0])],
        ["Round/2"] = [x => T.Round(x[0], 2), .. Enum.GetValues<MidpointRounding>().Select<MidpointRounding, Func<T[], T>>(m => x => T.Round(x[0], m))],
        ["Round/3"] = [.. Enum.GetValues<MidpointRounding>().Select<MidpointRounding, Func<T[], T>>(m => x => T.Round(x[0], 3, m))],
        ["Ieee754Remainder/2"] = [x => T.Ieee754Remainder(x[0], x[1])],
        ["ScaleB/2"] = [.. new[] { -2000, -30, 0, 3, 900, 2000 }.Select<int, Func<T[], T>>(n => x => T.ScaleB(x[0], n))],
        ["FusedMultiplyAdd/3"] = [x => T.FusedMultiplyAdd(x[0], x[1], x[2])],
        ["MultiplyAddEstimate/3"] = [x => T.MultiplyAddEstimate(x[0], x[1], x[2])],
        ["Lerp/3"] = [x => T.Lerp(x[0], x[1], x[2])],
        ["ReciprocalEstimate/1"] = [x => T.ReciprocalEstimate(x[0])],
        ["ReciprocalSqrtEstimate/1"] = [x => T.ReciprocalSqrtEstimate(x[0])],
        ["op_Addition/2"] = [x => x[0] + x[1]],
        ["op_Subtraction/2"] = [x => x[0] - x[1]],
        ["op_Multiply/2"] = [x => x[0] * x[1]],
        ["op_Division/2"] = [x => x[0] / x[1]],
        ["op_Modulus/2"] = [x => x[0] % x[1]],
        ["op_UnaryNegation/1"] = [x => -x[0]],
        ["op_UnaryPlus/1"] = [x => +x[0]],
        ["op_Increment/1"] = [x => { T y = x[0]; return ++y; }],
        ["op_Decrement/1"] = [x => { T y = x[0]; return --y; }],
        ["op_CheckedAddition/2"] = [x => checked(x[0] + x[1])],
        ["op_CheckedSubtraction/2"] = [x => checked(x[0] - x[1])],
        ["op_CheckedMultiply/2"] = [x => checked(x[0] * x[1])],
        ["op_CheckedDivision/2"] = [x => checked(x[0] / x[1])],
        ["op_CheckedUnaryNegation/1"] = [x => checked(-x[0])],
        ["op_CheckedIncrement/1"] = [x => { T y = x[0]; return checked(++y); }],
        ["op_CheckedDecrement/1"] = [x => { T y = x[0]; return checked(--y); }],
    };

    /// <summary>The same without estimates: T's own have a few digits only, those of a scalar are exact.</summary>
    public static Func<T[], T>[] Exact<T>(string name) where T : IFloatingPointIeee754<T> => name switch
    {
        "ReciprocalEstimate/1" => [x => T.One / x[0]],
        "ReciprocalSqrtEstimate/1" => [x => T.One / T.Sqrt(x[0])],
        _ => Of<T>()[name],
    };

    /// <summary>How many numbers a function of the table reads: whole numbers are none of them.</summary>
    public static int Arity(string name) => name is "RootN/2" or "ScaleB/2" or "Round/2" or "Round/3" ? 1 : name[^1] - '0';

    /// <summary>Neighbours in the number format have no derivative: on a tape they are refused.</summary>
    public static Dictionary<string, Func<T, T>> Neighbours<T>() where T : IFloatingPointIeee754<T> => new()
    {
        ["BitIncrement/1"] = T.BitIncrement,
        ["BitDecrement/1"] = T.BitDecrement,
    };

    public static Dictionary<string, Func<T, bool>> Questions<T>() where T : IFloatingPointIeee754<T> => new()
    {
        ["IsCanonical/1"] = T.IsCanonical,
        ["IsComplexNumber/1"] = T.IsComplexNumber,
        ["IsEvenInteger/1"] = T.IsEvenInteger,
        ["IsFinite/1"] = T.IsFinite,
        ["IsImaginaryNumber/1"] = T.IsImaginaryNumber,
        ["IsInfinity/1"] = T.IsInfinity,
        ["IsInteger/1"] = T.IsInteger,
        ["IsNaN/1"] = T.IsNaN,
        ["IsNegative/1"] = T.IsNegative,
        ["IsNegativeInfinity/1"] = T.IsNegativeInfinity,
        ["IsNormal/1"] = T.IsNormal,
        ["IsOddInteger/1"] = T.IsOddInteger,
        ["IsPositive/1"] = T.IsPositive,
        ["IsPositiveInfinity/1"] = T.IsPositiveInfinity,
        ["IsRealNumber/1"] = T.IsRealNumber,
        ["IsSubnormal/1"] = T.IsSubnormal,
        ["IsZero/1"] = T.IsZero,
    };

    public static Dictionary<string, Func<T, T, bool>> Comparisons<T>() where T : IFloatingPointIeee754<T> => new()
    {
        ["op_LessThan/2"] = (a, b) => a < b,
        ["op_LessThanOrEqual/2"] = (a, b) => a <= b,
        ["op_GreaterThan/2"] = (a, b) => a > b,
        ["op_GreaterThanOrEqual/2"] = (a, b) => a >= b,
        ["op_Equality/2"] = (a, b) => a == b,
        ["op_Inequality/2"] = (a, b) => a != b,
    };

    public static Dictionary<string, T> Constants<T>() where T : IFloatingPointIeee754<T>, IMinMaxValue<T> => new()
    {
        ["One"] = T.One,
        ["Zero"] = T.Zero,
        ["NegativeOne"] = T.NegativeOne,
        ["AdditiveIdentity"] = T.AdditiveIdentity,
        ["MultiplicativeIdentity"] = T.MultiplicativeIdentity,
        ["E"] = T.E,
        ["Pi"] = T.Pi,
        ["Tau"] = T.Tau,
        ["Epsilon"] = T.Epsilon,
        ["NaN"] = T.NaN,
        ["NegativeZero"] = T.NegativeZero,
        ["NegativeInfinity"] = T.NegativeInfinity,
        ["PositiveInfinity"] = T.PositiveInfinity,
        ["MinValue"] = T.MinValue,
        ["MaxValue"] = T.MaxValue,
    };
}
