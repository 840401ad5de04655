using System.Numerics;

namespace Autodiff;

/// <summary>Two axes exchanged; the others stay where they are.</summary>
/// <remarks>x̄ = ȳ with the same axes exchanged. It is <see cref="Permute"/>; the last two: <see cref="Transpose"/>.</remarks>
public readonly struct SwapAxes : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("the first and the last", x => x[0].SwapAxes(0, -1), Sample.Of(2, 3, 4))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.SwapAxes"/>
        /// <param name="a">An axis; negative axes count from the end.</param>
        /// <param name="b">An axis.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> SwapAxes(int a, int b)
        {
            Shape shape = x.Shape;
            (a, b) = (shape.Axis("SwapAxes", a), shape.Axis("SwapAxes", b));
            if (a == b) return x;
            Span<int> order = stackalloc int[shape.Rank];
            for (int i = 0; i < order.Length; i++) order[i] = i == a ? b : i == b ? a : i;
            return Variable<T>.Apply(new Permute(order), x);
        }
    }
}
