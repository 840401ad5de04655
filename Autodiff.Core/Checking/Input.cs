using System.Numerics;

namespace Autodiff;

/// <summary>One input of a gradient check: its numbers, row-major, and its shape.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Input<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] values;

    /// <summary>Numbers in a shape; they are copied.</summary>
    /// <exception cref="ShapeException">There are more or fewer values than the shape has elements.</exception>
    public Input(ReadOnlySpan<T> values, Shape shape)
    {
        if (values.Length != shape.Size) throw new ShapeException($"Input: {values.Length} values came, the shape is {shape}; needs {shape.Size} values.");
        (this.values, Shape) = (values.ToArray(), shape);
    }

    /// <summary>A single number.</summary>
    public Input(T value)
        : this([value], [])
    {
    }

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>Whether no derivative by this input is checked: a condition, labels, data at which the function is not smooth.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Inputs as their samples say, from a seed: the same seed gives the same numbers.</summary>
    /// <param name="samples">Shapes and domains.</param>
    /// <param name="spacing">The distance that the elements of one input keep from one another, so that no tie is near; 0: none.</param>
    /// <param name="seed">Where the numbers begin.</param>
    /// <exception cref="ArgumentException">The domain has no room for elements so far apart.</exception>
    public static Input<T>[] Draw(IReadOnlyList<Sample> samples, double spacing, int seed)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var random = new Random(seed);
        var inputs = new Input<T>[samples.Count];
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] drawn = new double[samples[k].Shape.Size];
            for (int i = 0; i < drawn.Length; i++)
            {
                int tries = 0;
                do
                {
                    drawn[i] = samples[k].Domain.Draw(random);
                    if (++tries > 10_000)
                        throw new ArgumentException($"Input: {drawn.Length} elements are to keep a distance of {spacing}; needs a wider domain or fewer elements.");
                }
                while (IsNear(drawn.AsSpan(0, i), drawn[i], spacing));
            }

            inputs[k] = new Input<T>(Array.ConvertAll(drawn, T.CreateTruncating), samples[k].Shape) { IsFixed = samples[k].Domain.IsDiscrete };
        }

        return inputs;
    }

    /// <summary>The index of an element, as text.</summary>
    internal static string Index(in Shape shape, int place)
    {
        int[] index = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--) (place, index[axis]) = Math.DivRem(place, shape.Lengths[axis]);
        return Shape.Text(index);
    }

    private static bool IsNear(ReadOnlySpan<double> others, double x, double spacing)
    {
        if (spacing <= 0) return false;
        foreach (double other in others)
            if (Math.Abs(other - x) < spacing) return true;
        return false;
    }
}
