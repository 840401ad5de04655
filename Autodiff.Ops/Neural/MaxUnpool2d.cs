using System.Numerics;

namespace Autodiff;

/// <summary>Zeros, with each element of x put at a place of its plane: y[b, c, place] = x[b, c, r, s], the places counted row by row through the plane: what undoes a maximum pooling.</summary>
/// <remarks>
/// Shapes: [batch, channels, oh, ow] and as many places → [batch, channels, height, width]. x̄ = ȳ at the places. Elements at one place are added up (PyTorch keeps one of them, and which
/// it leaves open). The places are those that <c>MaxPool2d</c> hands out; they are constants.
/// Source: Zeiler, Taylor and Fergus, Adaptive deconvolutional networks (2011).
/// </remarks>
public readonly struct MaxUnpool2d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("two planes", x => x[0].MaxUnpool2d([3, 1, 0, 5], (2, 3)), Sample.Of(1, 2, 1, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MaxUnpool2d"/>
        /// <param name="places">Where the elements go, row-major in x's shape; copied to the tape.</param>
        /// <param name="size">The sides of the result.</param>
        /// <exception cref="ShapeException">x has not four axes, or there is not a place for each element.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A place is not in the plane, or a side is negative.</exception>
        public Variable<T> MaxUnpool2d(ReadOnlySpan<int> places, (int Height, int Width) size)
        {
            Shape shape = x.Shape;
            if (shape.Rank != 4 || shape.Size != places.Length)
                throw new ShapeException($"MaxUnpool2d: x is {shape}, {places.Length} places came; needs x: [batch, channels, h, w] and a place for each element.");
            if (size.Height < 0 || size.Width < 0) throw new ArgumentOutOfRangeException(nameof(size), $"MaxUnpool2d: the size is [{size.Height}, {size.Width}]; needs 0 or more.");
            Shape target = [shape[0], shape[1], size.Height, size.Width];
            int plane = size.Height * size.Width, elements = shape[2] * shape[3];
            for (int i = 0; i < places.Length; i++)
                if ((uint)places[i] >= (uint)plane)
                    throw new ArgumentOutOfRangeException(nameof(places), $"MaxUnpool2d: place {i} is {places[i]}, the size [{size.Height}, {size.Width}]; needs 0 to {plane - 1}.");
            IntegerList list = x.Reserve(places.Length);
            Span<int> to = x.Recording!.Attributes.Integers(list.Start, list.Count);
            for (int i = 0; i < places.Length; i++) to[i] = (i / elements * plane) + places[i];
            return PlaceElements.Of(x, list, target);
        }
    }
}
