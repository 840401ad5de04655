using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Dot product of scalars: y = Σᵢ aᵢ·bᵢ, one step however many there are; on either side plain numbers may stand.</summary>
/// <remarks>∂y/∂aᵢ = bᵢ, ∂y/∂bᵢ = aᵢ. Of nothing it is 0. Summed in blocks: the rounding error grows with log n. Scalars that were recorded one directly after the other
/// (the leaves of a loop, for example) need no list of slots: that is the cheapest form. In a row function it is a chain of fused products.</remarks>
public readonly struct ScalarDot : IPairFold<ScalarDot>
{
    /// <inheritdoc/>
    public static string Name => "Dot";

    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static T Primal<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IFloatingPointIeee754<T> => Summation.Dot(a, b);

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => a;

    /// <inheritdoc/>
    public static Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Scalar<T> y = a[0] * b[0];
        for (int i = 1; i < a.Length; i++) y += a[i] * b[i];
        return y;
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two lists", x => Scalar.Dot<T>(Scalars.Of(x[0]), Scalars.Of(x[1])), Sample.Of(5), Sample.Of(5)),
        new("one list with itself", x => Scalars.Twice(x[0], static s => Scalar.Dot<T>(s, s)), Sample.Of(3)),
        new("scattered", x => Scalar.Dot<T>(Scalars.Scattered(x[0]), Scalars.Scattered(x[1])), Sample.Of(4), Sample.Of(4)),
        new("scattered and not", x => Scalar.Dot<T>(Scalars.Scattered(x[0]), Scalars.Of(x[1])), Sample.Of(3), Sample.Of(3)),
        new("not and scattered", x => Scalar.Dot<T>(Scalars.Of(x[0]), Scalars.Scattered(x[1])), Sample.Of(3), Sample.Of(3)),
    ];
}

public static partial class Scalar
{
    /// <inheritdoc cref="ScalarDot"/>
    /// <exception cref="ArgumentException">There are more on one side than on the other.</exception>
    /// <exception cref="InvalidOperationException">The scalars are of two tapes, or of before a reset.</exception>
    public static Scalar<T> Dot<T>(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b) where T : unmanaged, IFloatingPointIeee754<T> => PairFold<ScalarDot, T>.Apply(a, b);

    /// <inheritdoc cref="Dot{T}(ReadOnlySpan{Scalar{T}}, ReadOnlySpan{Scalar{T}})"/>
    public static Scalar<T> Dot<T>(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<T> b) where T : unmanaged, IFloatingPointIeee754<T> => PairFold<ScalarDot, T>.Apply(a, b);

    /// <inheritdoc cref="Dot{T}(ReadOnlySpan{Scalar{T}}, ReadOnlySpan{Scalar{T}})"/>
    public static Scalar<T> Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<Scalar<T>> b) where T : unmanaged, IFloatingPointIeee754<T> => PairFold<ScalarDot, T>.Apply(a, b);
}
