using System.Numerics;

namespace Autodiff;

/// <summary>Rectifier with a learned slope for each channel: y = x for x &gt; 0, slope[c]·x else.</summary>
/// <remarks>Shapes: x [outer, c, inner], slope [c] or a number → x's. The derivatives are those of <see cref="LeakyRelu"/>, summed over all but the channel for the slope.
/// Source: He, Zhang, Ren and Sun, ICCV 2015.</remarks>
public readonly struct PRelu : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("channels", x => x[0].PRelu(x[1]), Sample.In(Domain.NonZero, 2, 3, 2), Sample.In(Domain.Positive, 3)),
        new("last axis", x => x[0].PRelu(x[1], -1), Sample.In(Domain.NonZero, 2, 3), Sample.In(Domain.Positive, 3)),
        new("one slope", x => x[0].PRelu(x[1]), Sample.In(Domain.NonZero, 2, 3), Sample.In(Domain.Positive)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.PRelu"/>
        /// <param name="slope">The slopes, one for each channel, or one for all.</param>
        /// <param name="axis">The axis of the channels; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">The number of slopes is not that of the channels.</exception>
        public Variable<T> PRelu(Variable<T> slope, int axis = 1)
        {
            Shape shape = x.Shape, slopes = slope.Shape;
            if (slopes.Rank == 0) return x.LeakyRelu(slope);
            int at = shape.Axis("PRelu", axis);
            if (slopes.Rank != 1 || slopes.Lengths[0] != shape.Lengths[at])
                throw new ShapeException($"PRelu: x is {shape}, the slope {slopes}; needs one slope, or one for each of the {shape.Lengths[at]} channels of axis {at}.");
            Span<int> lengths = stackalloc int[shape.Rank - at];
            lengths.Fill(1);
            lengths[0] = slopes.Lengths[0];
            return x.LeakyRelu(slope.Reshape(lengths));
        }
    }
}
