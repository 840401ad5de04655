using System.Numerics;

namespace Autodiff;

/// <summary>Every place repeated along all axes from the third on, nearest neighbour: y[b, c, i, j] = x[b, c, ⌊i/factor⌋, ⌊j/factor⌋].</summary>
/// <remarks>Shapes: [n, c, ...] → [n, c, each length · factor], one axis of places or more. x̄ = the sum of ȳ over the copies.</remarks>
public readonly struct Upsample : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("pictures", x => x[0].Upsample(2), Sample.Of(2, 1, 2, 3)),
        new("sequences", x => x[0].Upsample(3), Sample.Of(2, 2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Upsample"/>
        /// <param name="factor">How often each place comes along each axis.</param>
        /// <exception cref="ShapeException">x has fewer than three axes, or the result 2³¹ elements or more.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The factor is not positive.</exception>
        public Variable<T> Upsample(int factor)
        {
            Shape shape = x.Shape;
            if (shape.Rank < 3) throw new ShapeException($"Upsample: x is {shape}; needs [n, c, ...] with one axis of places or more.");
            if (factor < 1) throw new ArgumentOutOfRangeException(nameof(factor), $"Upsample: factor is {factor}; needs a positive number.");
            long size = shape.Size;
            for (int axis = 2; axis < shape.Rank; axis++)
                if ((size *= factor) > int.MaxValue || (long)shape.Lengths[axis] * factor > int.MaxValue)
                    throw new ShapeException($"Upsample: x is {shape}, factor is {factor}; needs a result of fewer than 2^31 elements.");
            if (factor == 1) return x;

            // the innermost axis first: its elements are copied one by one, those of the others in rows
            Variable<T> y = x;
            for (int axis = shape.Rank - 1; axis >= 2; axis--)
            {
                IntegerList list = x.Reserve(shape.Lengths[axis] * factor);
                Span<int> from = x.Recording!.Attributes.Integers(list.Start, list.Count);
                for (int i = 0; i < from.Length; i++) from[i] = i / factor;
                y = Variable<T>.Apply(new IndexSelect(axis, list), y);
            }

            return y;
        }
    }
}
