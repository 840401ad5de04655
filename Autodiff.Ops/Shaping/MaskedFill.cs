using System.Numerics;

namespace Autodiff;

/// <summary>A number where a mask is not zero, x elsewhere.</summary>
/// <remarks>Shapes: x and the mask broadcast. x̄ = ȳ where the mask is zero, 0 elsewhere, even if x is infinite or NaN there; the mask has the derivative zero by declaration.
/// It is <see cref="Where"/>.</remarks>
public readonly struct MaskedFill : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a mask of one row", x => x[0].MaskedFill(x[1], -3), Sample.Of(3, 4), Sample.In(Domain.Binary, 4))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaskedFill"/>
        /// <param name="mask">Not zero: the number; zero: x.</param>
        /// <param name="value">The number.</param>
        /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
        public Variable<T> MaskedFill(Variable<T> mask, double value) => Variable<T>.Apply<Where>(mask, T.CreateTruncating(value), x);
    }
}
