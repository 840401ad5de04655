using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>Sliding windows along one axis: y[…, i, …, j] = x[…, i·step + j, …], 0 ≤ j &lt; size.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, ⌊(n − size)/step⌋ + 1, inner, size]: the windows take the place of the axis, and what is in them stands behind all others, as in PyTorch's
/// <c>Tensor.unfold</c>. x̄ is ȳ added up where the windows lie. What is left over at the end is not read. Patches of images: <see cref="Unfold2d"/>.
/// </remarks>
public readonly struct Unfold : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("overlapping, middle axis", x => x[0].Unfold(1, 3, 2), Sample.Of(2, 6, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Unfold"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="size">The length of a window.</param>
        /// <param name="step">The elements from one window to the next.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, the size is not from 1 to its length, or the step is not positive.</exception>
        public Variable<T> Unfold(int axis, int size, int step = 1)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Unfold", axis);
            int n = shape.Lengths[axis];
            if (size < 1 || size > n) throw new ArgumentOutOfRangeException(nameof(size), $"Unfold: size is {size}, x is {shape}, axis {axis}; needs 1 to {n}.");
            if (step < 1) throw new ArgumentOutOfRangeException(nameof(step), $"Unfold: step is {step}; needs 1 or more.");
            int count = ((n - size) / step) + 1;
            Shape whole = shape.With(axis, checked(count * size));
            int[] rented = ArrayPool<int>.Shared.Rent(count * size);
            for (int i = 0; i < count * size; i++) rented[i] = (i / size * step) + (i % size);
            Variable<T> y = Autodiff.IndexSelect.Of("Unfold", x, rented.AsSpan(0, count * size), axis).Reshape(whole.With(axis, count).Inserted(axis + 1, size));
            ArrayPool<int>.Shared.Return(rented);
            if (axis == shape.Rank - 1) return y;
            Span<int> order = stackalloc int[shape.Rank + 1];
            for (int i = 0; i < order.Length; i++) order[i] = i <= axis ? i : i + 1;
            order[^1] = axis + 1;
            return Variable<T>.Apply(new Permute(order), y);
        }
    }
}
