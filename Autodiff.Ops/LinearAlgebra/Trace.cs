using System.Numerics;

namespace Autodiff;

/// <summary>The sum of the main diagonal: y = Σᵢ xᵢᵢ.</summary>
/// <remarks>Shapes: [..., m, n] → [...]; of one matrix a 0-d variable. x̄ is ȳ on the diagonal and zero elsewhere.</remarks>
public readonly struct Trace : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => x[0].Trace(), Sample.Of(3, 3)),
        new("a batch", x => x[0].Trace(), Sample.Of(2, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Trace"/>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        public Variable<T> Trace()
        {
            Shape shape = x.Shape;
            return shape.Rank >= 2 ? x.Diagonal().Sum(-1) : throw new ShapeException($"Trace: x is {shape}; needs two axes or more.");
        }
    }
}
