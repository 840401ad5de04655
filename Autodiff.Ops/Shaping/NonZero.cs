using System.Numerics;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The places of all elements that are not zero, counted row-major as those of <c>ArgMax()</c>; a NaN is not zero.</summary>
        /// <remarks>Nothing is recorded: places are constants, by which nothing is differentiated. They fit <c>x.Flatten().IndexSelect(places, 0)</c>.</remarks>
        /// <exception cref="InvalidOperationException">It is a plain number, which is on no tape.</exception>
        /// <returns>Ascending; good until the tape is reset or rewound.</returns>
        public ReadOnlySpan<int> NonZero()
        {
            if (x.Recording is null) throw new InvalidOperationException("NonZero: a plain number is on no tape; needs a variable of a tape.");
            IntegerList list = x.Reserve(x.CountNonZero());
            Span<int> places = x.Recording!.Attributes.Integers(list.Start, list.Count);
            ReadOnlySpan<T> values = x.Values;
            for (int i = 0, at = 0; i < values.Length; i++)
                if (values[i] != T.Zero) places[at++] = i;
            return places;
        }
    }
}
