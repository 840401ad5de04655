using System.Numerics;

namespace Autodiff;

/// <summary>The elements where a mask is not zero, as a vector, in row-major order.</summary>
/// <remarks>Shapes: x and the mask, which broadcast → [how many they are]. x̄ is ȳ at the places it was taken from, zero elsewhere; the places are constants, and the mask has no derivative.
/// A NaN in the mask counts as not zero.</remarks>
public readonly struct MaskedSelect : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a mask of one row", x => x[0].MaskedSelect(x[0].Recording!.Tape.Constant([T.One, T.Zero, T.One], [3])), Sample.Of(2, 3)) { Selects = true },
        new("those of another", x => x[0].MaskedSelect(x[1].GreaterThan(0.0)), Sample.Of(2, 1), Sample.In(Domain.NonZero, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaskedSelect"/>
        /// <param name="mask">Not zero where an element is taken.</param>
        /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
        public Variable<T> MaskedSelect(Variable<T> mask)
        {
            Shape from = x.Shape, shape = Shape.Broadcast("MaskedSelect", from, mask.Shape);
            Variable<T> whole = from == shape ? x : x.BroadcastTo(shape);
            ReadOnlySpan<T> taken = (mask.Shape == shape ? mask : mask.BroadcastTo(shape)).Values;
            int count = 0, at = 0;
            foreach (T value in taken)
                if (value != T.Zero) count++;
            IntegerList list = whole.Reserve(count);
            Span<int> places = x.Recording!.Attributes.Integers(list.Start, count);
            for (int i = 0; i < taken.Length; i++)
                if (taken[i] != T.Zero) places[at++] = i;
            return Variable<T>.Apply(new Gather(0, [count], list), whole.Reshape([shape.Size]));
        }
    }
}
