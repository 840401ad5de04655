using System.Numerics;

namespace Autodiff;

/// <summary>Weights as direction and length: w = g·v/‖v‖, one length g and one norm for each place along an axis.</summary>
/// <remarks>
/// Shapes: v [...], g [the length of the axis] → v's. The norm is over all other axes; for a weight [out, in] or a kernel [out, channels, ...] and axis 0, one for each output. ḡ = Σ w̄·v/‖v‖,
/// v̄ = g/‖v‖·(w̄ − v·ḡ/‖v‖), at right angles to v. A v of zeros gives NaN. Source: Salimans and Kingma, Weight Normalization (2016).
/// </remarks>
public readonly struct WeightNorm : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].WeightNorm(x[1]), Sample.In(Domain.NonZero, 2, 3), Sample.Of(2)),
        new("kernels, by the second axis", x => x[0].WeightNorm(x[1], 1), Sample.In(Domain.NonZero, 2, 3, 2), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.WeightNorm"/>
        /// <param name="gain">g, one for each place along the axis.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">v has fewer than two axes, or g is not one number for each place.</exception>
        public Variable<T> WeightNorm(Variable<T> gain, int axis = 0)
        {
            Shape shape = v.Shape;
            int kept = shape.Axis("WeightNorm", axis), rank = shape.Rank;
            if (rank < 2 || gain.Shape != [shape[kept]])
                throw new ShapeException($"WeightNorm: v is {shape}, axis {axis}, the gain {gain.Shape}; needs two axes or more, and a gain for each of the {shape[kept]} places.");
            Span<int> axes = stackalloc int[rank - 1], lengths = stackalloc int[rank - kept];
            for (int i = 0; i < axes.Length; i++) axes[i] = i < kept ? i : i + 1;
            lengths.Fill(1);
            lengths[0] = shape[kept];
            return v * (gain.Reshape(lengths) / v.Norm(axes, keepDims: true));
        }
    }
}
