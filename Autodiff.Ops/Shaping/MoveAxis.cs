using System.Numerics;

namespace Autodiff;

/// <summary>One axis moved to another place; the others stay in their order.</summary>
/// <remarks>Shapes: axis <c>from</c> of x is axis <c>to</c> of y. x̄ = ȳ moved back. It is <see cref="Permute"/>.</remarks>
public readonly struct MoveAxis : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("to the front", x => x[0].MoveAxis(-1, 0), Sample.Of(2, 3, 2)),
        new("to the end", x => x[0].MoveAxis(0, 2), Sample.Of(2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MoveAxis"/>
        /// <param name="from">The axis; negative axes count from the end.</param>
        /// <param name="to">Its place in the result; negative places count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis or place.</exception>
        public Variable<T> MoveAxis(int from, int to)
        {
            Shape shape = x.Shape;
            (from, to) = (shape.Axis("MoveAxis", from), shape.Axis("MoveAxis", to));
            if (from == to) return x;
            Span<int> order = stackalloc int[shape.Rank];
            for (int i = 0, next = 0; i < order.Length; i++)
            {
                if (next == from) next++;
                order[i] = i == to ? from : next++;
            }

            return Variable<T>.Apply(new Permute(order), x);
        }
    }
}
