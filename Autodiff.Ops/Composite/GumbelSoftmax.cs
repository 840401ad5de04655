using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>A sample of classes that can be differentiated: y = softmax((x + g)/τ) along an axis, with gᵢ = −ln(−ln uᵢ), uᵢ uniform in (0, 1); hard: the unit vector of the greatest.</summary>
/// <remarks>
/// Shapes: x's. The noise is drawn while recording and is a constant of the tape. x̄ is that of the softmax, hard or not (straight through): hard, the value is 1 at the first of the
/// greatest and 0 elsewhere, exactly, and the derivative is not that of the value. The class of the greatest is drawn with the probabilities softmax(x). The lower τ, the nearer to a
/// unit vector and the larger the derivatives. −∞ excludes a class; a lane of nothing but −∞, or with +∞ or NaN, gives NaN.
/// Sources: Jang, Gu and Poole; Maddison, Mnih and Teh (both 2017).
/// </remarks>
public readonly struct GumbelSoftmax : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("the same noise each time", x => x[0].GumbelSoftmax(0.7, new Random(1), axis: 0), Sample.Of(3, 2))];

    /// <summary>1 at the first of the greatest of each lane less y, as a constant: added to y, what remains is exactly 1 or 0.</summary>
    internal static Variable<T> Hardened<T>(Variable<T> y, int axis) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = y.Shape;
        (int outer, int n, int inner) = shape.Around(axis);
        T[] rented = ArrayPool<T>.Shared.Rent(Math.Max(1, 2 * shape.Size));
        Span<T> unit = rented.AsSpan(0, shape.Size), soft = rented.AsSpan(shape.Size, shape.Size);
        y.Values.CopyTo(soft);
        unit.Clear();
        for (int lane = 0; n > 0 && lane < outer * inner; lane++)
        {
            int first = ((lane / inner) * n * inner) + (lane % inner), best = first;
            for (int i = 1; i < n; i++)
                if (soft[first + (i * inner)] > soft[best]) best = first + (i * inner);
            unit[best] = T.One;
        }

        // y − y is 0 (NaN stays NaN), so that no rounding is left
        Tape<T> tape = y.Recording!.Tape;
        Variable<T> result = (y - tape.Constant(soft, shape)) + tape.Constant(unit, shape);
        ArrayPool<T>.Shared.Return(rented);
        return result;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.GumbelSoftmax"/>
        /// <param name="temperature">τ, above 0 and finite.</param>
        /// <param name="random">Where the noise is drawn from.</param>
        /// <param name="hard">Whether the value is a unit vector.</param>
        /// <param name="axis">The axis of the classes; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the temperature is not above 0 and finite.</exception>
        public Variable<T> GumbelSoftmax(double temperature, Random random, bool hard = false, int axis = -1)
        {
            ArgumentNullException.ThrowIfNull(random);
            Shape shape = logits.Shape;
            axis = shape.Axis("GumbelSoftmax", axis);
            if (!(temperature > 0) || double.IsInfinity(temperature))
                throw new ArgumentOutOfRangeException(nameof(temperature), string.Create(CultureInfo.InvariantCulture, $"GumbelSoftmax: temperature is {temperature}; needs a positive, finite number."));
            int size = shape.Size;
            T[] rented = ArrayPool<T>.Shared.Rent(size);

            // the middle of one of 2⁵² equal parts: neither 0 nor 1, whose noise would be infinite
            foreach (ref T g in rented.AsSpan(0, size)) g = T.CreateTruncating(-Math.Log(-Math.Log((random.NextInt64(1L << 52) + 0.5) / (1L << 52))));
            Variable<T> noise = logits.Recording!.Tape.Constant(rented.AsSpan(0, size), shape);
            ArrayPool<T>.Shared.Return(rented);
            Variable<T> y = ((logits + noise) / Variable<T>.Of(temperature)).Softmax(axis);
            return hard ? Autodiff.GumbelSoftmax.Hardened(y, axis) : y;
        }
    }
}
