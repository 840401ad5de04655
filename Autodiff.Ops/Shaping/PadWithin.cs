using System.Numerics;

namespace Autodiff;

/// <summary>One axis continued to both sides with its own elements: mirrored, repeated or round and round (<see cref="PadMode"/>).</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, before + n + after, inner]. x̄ = ȳ added at the elements that were copied. A mirror gives at most n − 1 elements on each
/// side, a circle n, a repetition of nothing none.
/// </remarks>
public readonly struct PadWithin : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("reflect", x => x[0].Pad(1, 2, 1, PadMode.Reflect), Sample.Of(2, 3)),
        new("replicate", x => x[0].Pad(0, 1, 3, PadMode.Replicate), Sample.Of(2, 3)),
        new("circular", x => x[0].Pad(-2, 3, 2, PadMode.Circular), Sample.Of(2, 3, 2)),
        new("zeros", x => x[0].Pad(1, 1, 2, PadMode.Zeros), Sample.Of(2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.PadWithin"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="before">How many elements come before.</param>
        /// <param name="after">How many elements come after.</param>
        /// <param name="mode">Which.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis or mode.</exception>
        /// <exception cref="ShapeException">A negative number of elements, or more than the mode can give.</exception>
        public Variable<T> Pad(int axis, int before, int after, PadMode mode)
        {
            if (mode == PadMode.Zeros) return x.Pad(axis, before, after);
            if (mode is < PadMode.Zeros or > PadMode.Circular) throw new ArgumentOutOfRangeException(nameof(mode), $"Pad: mode is {mode}; needs one of PadMode.");
            Shape shape = x.Shape;
            axis = shape.Axis("Pad", axis);
            int n = shape.Lengths[axis], most = mode == PadMode.Reflect ? Math.Max(n - 1, 0) : mode == PadMode.Circular || n == 0 ? n : int.MaxValue;
            if (before < 0 || after < 0 || before > most || after > most || (long)before + n + after > int.MaxValue)
                throw new ShapeException($"Pad: x is {shape}, axis {axis}, before {before}, after {after}, mode {mode}; needs 0 to {most} on each side, and fewer than 2^31 elements.");
            IntegerList list = x.Reserve(before + n + after);
            Span<int> from = x.Recording!.Attributes.Integers(list.Start, list.Count);
            for (int i = 0; i < from.Length; i++)
            {
                int at = i - before;
                from[i] = mode switch
                {
                    PadMode.Reflect => at < 0 ? -at : at < n ? at : (2 * (n - 1)) - at,
                    PadMode.Replicate => Math.Clamp(at, 0, n - 1),
                    _ => at < 0 ? at + n : at < n ? at : at - n,
                };
            }

            return Variable<T>.Apply(new IndexSelect(axis, list), x);
        }
    }
}
