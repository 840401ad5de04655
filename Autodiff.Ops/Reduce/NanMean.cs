using System.Numerics;

namespace Autodiff;

/// <summary>The mean along one axis of the elements that are not NaN.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ = ȳ/k at each of the k numbers, 0 at a NaN. Of nothing, or nothing but NaN, it is NaN,
/// with the derivative 0. Infinities count.</remarks>
public readonly struct NanMean : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => Autodiff.NanSum.WithGaps([x[0], Mask(x[0])]).NanMean(1), Sample.Of(2, 3)),
        new("two axes, kept", x => Autodiff.NanSum.WithGaps([x[0], Mask(x[0])]).NanMean([0, 1], keepDims: true), Sample.Of(2, 3, 2)),
    ];

    // some of each lane
    private static Variable<T> Mask<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] mask = [.. Enumerable.Range(0, x.Size).Select(i => i % 3 == 1 ? T.Zero : T.One)];
        return x.Recording!.Tape.Constant(mask, x.Shape);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.NanMean"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> NanMean(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("NanMean", axis);
            Variable<T> count = x.EqualTo(x).Sum(axis, keepDims), zero = T.Zero, one = T.One, nan = T.NaN;

            // nothing is divided by 0, whose derivative would be infinite
            return Variable<T>.IfEqual(count, zero, nan, Autodiff.NanSum.Filled(x).Sum(axis, keepDims) / Variable<T>.IfEqual(count, zero, one, count));
        }

        /// <inheritdoc cref="Autodiff.NanMean"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> NanMean(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("NanMean", x, axes, keepDims, static (v, axis, _) => v.NanMean(axis));

        /// <summary>The mean of all elements that are not NaN, as a scalar; NaN if there are none.</summary>
        public Scalar<T> NanMean() => x.Reshape([x.Size]).NanMean(0).AsScalar();
    }
}
