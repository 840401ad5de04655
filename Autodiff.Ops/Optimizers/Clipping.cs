using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Gradients of parameters cut down in place, between a sweep and the optimizer's step. Nothing is allocated.</summary>
public static class Clipping
{
    extension<T>(Gradients<T> gradients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>
        /// Scales the gradients of all parameters of the tape, as one vector g, so that its Euclidean norm is at most <paramref name="maxNorm"/>: g ← g·maxNorm/‖g‖ where it is longer.
        /// </summary>
        /// <remarks>
        /// It is right also where squares leave the range of numbers. A norm that is NaN or infinite because an element is changes nothing: the NaN stays where it is, and the caller sees
        /// it in the result (PyTorch's clip_grad_norm_ spreads it over all elements, and makes all but the infinite ones 0). PyTorch divides by ‖g‖ + 1e-6.
        /// Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013).
        /// </remarks>
        /// <param name="maxNorm">0 or more; ∞ measures only.</param>
        /// <returns>The norm before.</returns>
        /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
        /// <exception cref="InvalidOperationException">The tape was reset since the sweep, or the gradients are not complete.</exception>
        public double ClipNorm(double maxNorm)
        {
            if (!(maxNorm >= 0)) throw new ArgumentOutOfRangeException(nameof(maxNorm), string.Create(CultureInfo.InvariantCulture, $"ClipNorm: maxNorm is {maxNorm}; needs 0 or more."));
            int count = gradients.Parameters("ClipNorm");
            double greatest = 0;
            for (int i = 0; i < count; i++)
            {
                Span<T> bar = gradients.OfParameter(i);
                if (!bar.IsEmpty) greatest = Math.Max(greatest, double.CreateTruncating(T.Abs(TensorPrimitives.MaxMagnitude<T>(bar))));
            }

            if (greatest == 0 || !double.IsFinite(greatest)) return greatest;

            // in units of a power of two near the greatest, where its square is too large or too small
            int exponent = Math.ILogB(greatest);
            bool isPlain = Math.Abs(exponent) < (typeof(T) == typeof(float) ? 40 : 400);
            if (isPlain) exponent = 0;
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                Span<T> bar = gradients.OfParameter(i);
                if (isPlain) sum += double.CreateTruncating(Summation.Dot<T>(bar, bar));
                else foreach (T g in bar) sum += Square(Math.ScaleB(double.CreateTruncating(g), -exponent));
            }

            double length = Math.Sqrt(sum), norm = Math.ScaleB(length, exponent);
            if (!(norm > maxNorm)) return norm;
            double factor = maxNorm / length;
            for (int i = 0; i < count; i++)
            {
                Span<T> bar = gradients.OfParameter(i);
                if (isPlain) TensorPrimitives.Multiply(bar, T.CreateTruncating(factor), bar);
                else foreach (ref T g in bar) g = T.CreateTruncating(Math.ScaleB(double.CreateTruncating(g), -exponent) * factor);
            }

            return norm;
        }

        /// <summary>Moves every element of the gradients of all parameters of the tape into −limit … limit.</summary>
        /// <remarks>NaN stays NaN, ∞ becomes the limit.</remarks>
        /// <param name="limit">0 or more.</param>
        /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
        /// <exception cref="InvalidOperationException">The tape was reset since the sweep, or the gradients are not complete.</exception>
        public void ClipValue(double limit)
        {
            if (!(limit >= 0)) throw new ArgumentOutOfRangeException(nameof(limit), string.Create(CultureInfo.InvariantCulture, $"ClipValue: limit is {limit}; needs 0 or more."));
            T most = T.CreateTruncating(limit);
            for (int i = 0, count = gradients.Parameters("ClipValue"); i < count; i++)
            {
                Span<T> bar = gradients.OfParameter(i);
                TensorPrimitives.Min(bar, most, bar);
                TensorPrimitives.Max(bar, -most, bar);
            }
        }
    }

    private static double Square(double x) => x * x;
}
