using System.Numerics;

namespace Autodiff;

/// <summary>A matrix multiplied with itself: Y = Aᵏ; k = 0 gives the identity, a negative k powers of the inverse.</summary>
/// <remarks>Shapes: [..., n, n] → the same. By squaring: at most 2·log₂ |k| matrix products. A singular matrix has no negative power: <see cref="MatrixException"/>.</remarks>
public readonly struct MatrixPower : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("third", x => x[0].MatrixPower(3), Sample.Of(3, 3)),
        new("sixth, a batch", x => (x[0] * T.CreateTruncating(0.5)).MatrixPower(6), Sample.Of(2, 2, 2)),
        new("of the inverse", x => Squares.Shifted(x[0], 4).MatrixPower(-2), Sample.Of(3, 3)),
        new("none", x => x[0].MatrixPower(0) + x[0], Sample.Of(2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MatrixPower"/>
        /// <param name="exponent">How often.</param>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        /// <exception cref="MatrixException">The exponent is negative and a matrix singular.</exception>
        public Variable<T> MatrixPower(int exponent)
        {
            Shape shape = Squares.Check("MatrixPower", a.Shape);
            if (exponent == 0) return Autodiff.BroadcastTo.Of(Squares.Diagonal("MatrixPower", a, shape[-1], 1), shape);
            Variable<T> square = exponent < 0 ? a.Inverse() : a, power = square;
            bool begun = false;
            for (uint rest = (uint)Math.Abs((long)exponent); ; square = Autodiff.MatMul.Of(square, square, false, false))
            {
                if ((rest & 1) != 0) (power, begun) = (begun ? Autodiff.MatMul.Of(power, square, false, false) : square, true);
                if ((rest >>= 1) == 0) return power;
            }
        }
    }
}
