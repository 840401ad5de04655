using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Logarithm of a sum of exponentials along one axis: y = log Σᵢ exp xᵢ.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ · exp(xᵢ) / Σⱼ exp(xⱼ), the term's share in the sum.
/// Every lane is shifted by its greatest element, so nothing overflows. A lane of nothing but −∞, or of nothing, gives −∞ with the derivative 0; where elements
/// are +∞, y is +∞ and they share the derivative equally, the others have 0. NaN in a lane gives NaN in its value and in its derivative. A zero
/// cotangent contributes zero.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
public readonly record struct LogSumExp(int Axis, bool KeepDims) : IOperation<LogSumExp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        LogSums.LogSumExp(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape kept = step.Shape(0).Without(Axis, keepDims: true);
        step.Accumulate(0, Variable<T>.Apply<Chain>(step.Cotangent.Reshape(kept), Variable<T>.Apply(new LogSumExpShares(Axis), step[0])));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].LogSumExp(1), Sample.Of(2, 3)),
        new("outer axis, kept", x => x[0].LogSumExp(0, keepDims: true), Sample.Of(2, 3)),
        new("middle axis", x => x[0].LogSumExp(-2), Sample.Of(2, 3, 4)),
        new("everything", x => x[0].LogSumExp(), Sample.Of(2, 3)),
        new("far from zero", x => x[0].LogSumExp(1), Sample.In(Domain.In((98, 102)), 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LogSumExp"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> LogSumExp(int axis, bool keepDims = false) => Variable<T>.Apply(new LogSumExp(x.Shape.Axis("LogSumExp", axis), keepDims), x);

        /// <summary>The logarithm of the sum of the exponentials of all elements, as a scalar; −∞ if there are none.</summary>
        public Scalar<T> LogSumExp() => Variable<T>.Apply(new LogSumExp(0, false), x.Reshape([x.Size])).AsScalar();

        /// <inheritdoc cref="Autodiff.LogSumExp"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> LogSumExp(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("LogSumExp", x, axes, keepDims, static (v, axis, _) => v.LogSumExp(axis));
    }
}
