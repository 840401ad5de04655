using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Euclidean norm along one axis: y = √Σᵢ xᵢ².</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ · xᵢ / y, and 0 where y = 0. Squares that leave the range of
/// numbers do no harm: the norm of [1e200, 1e200] is finite. ∞ gives ∞, and NaN for the derivative at the infinite elements; NaN gives NaN in the value and
/// in the derivative. A zero cotangent contributes zero. The norm of nothing is 0.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
public readonly record struct Norm(int Axis, bool KeepDims) : IOperation<Norm>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        EuclideanNorms.Run(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape kept = step.Shape(0).Without(Axis, keepDims: true);
        Variable<T> y = step.Output.Reshape(kept);

        // a lane of zeros is divided by ∞, not by 0: the derivatives of every order are 0 there
        Variable<T> direction = step[0] / Variable<T>.IfEqual(y, T.Zero, T.PositiveInfinity, y);
        step.Accumulate(0, Variable<T>.Apply<Chain>(step.Cotangent.Reshape(kept), direction));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Norm(1), Sample.In(Domain.NonZero, 2, 3)),
        new("outer axis, kept", x => x[0].Norm(0, keepDims: true), Sample.In(Domain.NonZero, 2, 3)),
        new("middle axis", x => x[0].Norm(-2), Sample.In(Domain.NonZero, 2, 3, 4)),
        new("everything", x => x[0].Norm(), Sample.In(Domain.NonZero, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Norm"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Norm(int axis, bool keepDims = false) => Variable<T>.Apply(new Norm(x.Shape.Axis("Norm", axis), keepDims), x);

        /// <summary>The Euclidean norm of all elements, as a scalar; at 0 the derivative is 0.</summary>
        public Scalar<T> Norm() => Variable<T>.Apply(new Norm(0, false), x.Reshape([x.Size])).AsScalar();

        /// <inheritdoc cref="Autodiff.Norm"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice.</exception>
        public Variable<T> Norm(ReadOnlySpan<int> axes, bool keepDims = false)
            => SeveralAxes.Reduce("Norm", x, axes, keepDims, static (v, axis, _) => v.Norm(axis));
    }
}
