using System.Numerics;

namespace Autodiff;

/// <summary>The sum along one axis of the elements that are not NaN.</summary>
/// <remarks>Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ = ȳ at every number, 0 at a NaN. Of nothing, or nothing but NaN, it is 0. Infinities count.</remarks>
public readonly struct NanSum : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("middle axis", x => WithGaps(x).NanSum(1), Sample.Of(2, 3, 2), Sample.In(Domain.Binary, 2, 3, 2)),
        new("two axes, kept", x => WithGaps(x).NanSum([0, -1], keepDims: true), Sample.Of(2, 3, 2), Sample.In(Domain.Binary, 2, 3, 2)),
        new("everything", x => WithGaps(x).NanSum(), Sample.Of(2, 3), Sample.In(Domain.Binary, 3)),
    ];

    /// <summary>The elements where a condition holds, NaN elsewhere.</summary>
    internal static Variable<T> WithGaps<T>(Variable<T>[] x) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.Apply<Where>(x[1], x[0], T.NaN);

    /// <summary>x with 0 for NaN.</summary>
    internal static Variable<T> Filled<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.IfEqual(x, x, x, T.Zero);
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.NanSum"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> NanSum(int axis, bool keepDims = false)
        {
            axis = x.Shape.Axis("NanSum", axis);
            return Autodiff.NanSum.Filled(x).Sum(axis, keepDims);
        }

        /// <inheritdoc cref="Autodiff.NanSum"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> NanSum(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("NanSum", x, axes, keepDims, static (v, axis, _) => v.NanSum(axis));

        /// <summary>The sum of all elements that are not NaN, as a scalar.</summary>
        public Scalar<T> NanSum() => Autodiff.NanSum.Filled(x).Sum();
    }
}
