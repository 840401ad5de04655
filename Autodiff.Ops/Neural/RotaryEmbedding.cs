using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>
/// Places told by turning (RoPE): the pair i of a row's elements at the place p is turned by the angle p·θᵢ, θᵢ = base^(−2i/d): y₁ = x₁·cos − x₂·sin, y₂ = x₁·sin + x₂·cos.
/// </summary>
/// <remarks>
/// Shapes: [..., l, d] → x's, d even; the place of row p of the last but one axis is offset + p. Pairs are neighbours, 2i and 2i + 1, as in the paper, or stand half the width apart, i and
/// i + d/2, as in many models. x̄ is ȳ turned back: a rotation keeps lengths, and the dot product of a turned query and a turned key depends on the difference of their places alone. Angles
/// and their functions are computed in double. Source: Su et al., RoFormer (2021).
/// </remarks>
/// <param name="Offset">The place of the first row.</param>
/// <param name="Base">The base of the angles.</param>
/// <param name="Halves">Whether the elements of a pair stand half the width apart.</param>
/// <param name="Back">Whether it turns back.</param>
public readonly record struct RotaryEmbedding(int Offset, double Base, bool Halves, bool Back) : IOperation<RotaryEmbedding>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
        => inputs[0].Rank >= 2 && inputs[0][-1] % 2 == 0 ? inputs[0] : throw new ShapeException($"RotaryEmbedding: x is {inputs[0]}; needs x: [..., l, d] with an even d.");

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int length = shape[-2], width = shape[-1], half = width / 2, plane = length * width;
        if (step.Output.IsEmpty) return;
        T[] rented = ArrayPool<T>.Shared.Rent(plane);
        Span<T> turns = rented.AsSpan(0, plane);
        for (int i = 0; i < half; i++)
        {
            double speed = Math.Pow(Base, -2.0 * i / width);
            for (int p = 0; p < length; p++)
            {
                (double sin, double cos) = Math.SinCos(((double)Offset + p) * speed);
                turns[(p * width) + (2 * i)] = T.CreateTruncating(cos);
                turns[(p * width) + (2 * i) + 1] = T.CreateTruncating(Back ? -sin : sin);
            }
        }

        int first = Halves ? 1 : 2, second = Halves ? half : 1;
        for (int start = 0; start < step.Output.Length; start += plane)
        {
            for (int p = 0; p < plane; p += width)
            {
                ReadOnlySpan<T> x = step[0].Slice(start + p, width), turn = turns.Slice(p, width);
                Span<T> y = step.Output.Slice(start + p, width);
                for (int i = 0; i < half; i++)
                {
                    (T a, T b, T cos, T sin) = (x[i * first], x[(i * first) + second], turn[2 * i], turn[(2 * i) + 1]);
                    y[i * first] = (a * cos) - (b * sin);
                    y[(i * first) + second] = (a * sin) + (b * cos);
                }
            }
        }

        ArrayPool<T>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(this with { Back = !Back }, step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("neighbours", x => x[0].RotaryEmbedding(), Sample.Of(2, 3, 4)),
        new("halves, from a place on", x => x[0].RotaryEmbedding(7, 100, halves: true), Sample.Of(2, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.RotaryEmbedding"/>
        /// <param name="offset">The place of the first row: what a cache of keys holds already.</param>
        /// <param name="base">The base of the angles, above 0 and finite.</param>
        /// <param name="halves">Whether the elements of a pair stand half the width apart, not next to each other.</param>
        /// <exception cref="ShapeException">x has no rows, or their length is odd.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The base is not above 0 and finite.</exception>
        public Variable<T> RotaryEmbedding(int offset = 0, double @base = 10_000, bool halves = false)
        {
            if (!(@base > 0) || double.IsInfinity(@base))
                throw new ArgumentOutOfRangeException(nameof(@base), string.Create(CultureInfo.InvariantCulture, $"RotaryEmbedding: base is {@base}; needs a positive, finite number."));
            return Variable<T>.Apply(new RotaryEmbedding(offset, @base, halves, false), x);
        }
    }
}
