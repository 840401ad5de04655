using System.Numerics;

namespace Autodiff;

/// <summary>A determinant as its sign and the logarithm of its absolute value: det A = sign·e^log.</summary>
/// <remarks>
/// Shapes: [..., n, n] → two of [...]. The sign is 1, −1, or 0 for a singular matrix, whose logarithm is −∞; it has no derivative. That of the logarithm is A⁻ᵀ, as
/// that of LogDet. It overflows for no size.
/// </remarks>
public readonly struct SlogDet : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("the logarithm", x => Squares.Shifted(x[0], 5).Flipped().SlogDet().Log, Sample.Of(3, 3)),
        new("their product", x => Product(Squares.Shifted(x[0], 5)), Sample.Of(2, 2, 2)),
    ];

    private static Variable<T> Product<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Variable<T> sign, Variable<T> log) = a.SlogDet();
        return sign * log;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SlogDet"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        public (Variable<T> Sign, Variable<T> Log) SlogDet() => (Variable<T>.Apply(default(DetSign), a), Variable<T>.Apply(new LogDet(true), a));
    }
}
