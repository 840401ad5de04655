using System.Numerics;

namespace Autodiff;

/// <summary>Neighbouring axes made one.</summary>
/// <remarks>Shapes: [outer, a, …, b, inner] → [outer, a·…·b, inner]. x̄ = ȳ in x's shape. Nothing is copied. A 0-d variable becomes [1].</remarks>
public readonly struct Flatten : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("everything", x => x[0].Flatten(), Sample.Of(2, 3)),
        new("all but the batch", x => x[0].Flatten(1), Sample.Of(2, 3, 2)),
        new("the first two", x => x[0].Flatten(0, 1), Sample.Of(2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Flatten"/>
        /// <param name="first">The first axis that is joined; negative axes count from the end.</param>
        /// <param name="last">The last one.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the last is before the first.</exception>
        public Variable<T> Flatten(int first = 0, int last = -1)
        {
            Shape shape = x.Shape;
            if (shape.Rank == 0) return x.Reshape([1]);
            (first, last) = (shape.Axis("Flatten", first), shape.Axis("Flatten", last));
            if (last < first) throw new ArgumentOutOfRangeException(nameof(last), $"Flatten: the axes are {first} to {last}; needs first ≤ last.");
            Span<int> lengths = stackalloc int[shape.Rank - (last - first)];
            int joined = 1;
            for (int i = first; i <= last; i++) joined *= shape.Lengths[i];
            shape.Lengths[..first].CopyTo(lengths);
            lengths[first] = joined;
            shape.Lengths[(last + 1)..].CopyTo(lengths[(first + 1)..]);
            return x.Reshape(lengths);
        }
    }
}
