using System.Numerics;

namespace Autodiff;

/// <summary>Operations of many scalars, one step each: <c>Scalar.Dot(a, b)</c>, <c>Scalar.LogSumExp(x)</c>.</summary>
public static partial class Scalar
{
    /// <inheritdoc cref="Autodiff.FusedMultiplyAdd"/>
    public static Scalar<T> FusedMultiplyAdd<T>(Scalar<T> a, Scalar<T> b, Scalar<T> c) where T : unmanaged, IFloatingPointIeee754<T>
        => a.Recording is { } r && r == b.Recording && r == c.Recording ? new(r, r.FusedMultiplyAdd(a.Bits, b.Bits, c.Bits)) : Scalar<T>.Apply<FusedMultiplyAdd>(a, b, c);
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.FusedMultiplyAdd"/>
        public R FusedMultiplyAdd(R b, R c) => R.Apply<FusedMultiplyAdd>(a, b, c);
    }
}

/// <summary>Lists of scalars out of tensors, for the cases of folds.</summary>
internal static class Scalars
{
    /// <summary>The elements, recorded one directly after the other.</summary>
    public static Scalar<T>[] Of<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scalars = new Scalar<T>[x.Size];
        for (int i = 0; i < scalars.Length; i++) scalars[i] = x[i];
        return scalars;
    }

    /// <summary>The same with other steps in between, and a constant and a product that a sum has taken up among them.</summary>
    public static Scalar<T>[] Scattered<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T>[] scalars = Of(x);
        for (int i = 1; i < scalars.Length; i++) scalars[i] = scalars[i] * scalars[i - 1];
        Scalar<T> sum = scalars[0] + scalars[^1];
        scalars[0] += sum;
        if (scalars.Length > 2) scalars[1] = T.CreateTruncating(0.5);
        return scalars;
    }

    /// <summary>The result of a list that is used once more.</summary>
    public static Scalar<T> Twice<T>(Variable<T> x, Func<Scalar<T>[], Scalar<T>> fold) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T>[] scalars = Of(x);
        return fold(scalars) * fold(scalars);
    }

    public static IEnumerable<Case<T>> Cases<T>(Func<Scalar<T>[], Scalar<T>> fold, Domain domain) where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a list", x => fold(Of(x[0])), Sample.In(domain, 5)),
        new("scattered", x => fold(Scattered(x[0])), Sample.In(domain, 4)),
        new("one", x => fold(Of(x[0])), Sample.In(domain, 1)),
    ];
}
