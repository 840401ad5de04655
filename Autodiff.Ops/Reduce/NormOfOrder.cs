using System.Globalization;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Norm of any order p ≥ 1 along one axis: y = (Σᵢ |xᵢ|ᵖ)^(1/p); the sum of magnitudes for p = 1, the greatest for p = ∞.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ·sign(xᵢ)·(|xᵢ|/y)ᵖ⁻¹, and 0 where y = 0 or xᵢ = 0; for p = ∞, ȳ·sign(xᵢ) at
/// the first of the greatest. Powers that leave the range of numbers do no harm. ∞ gives ∞, and NaN for the derivative at the infinite elements if p is not 1 or ∞; NaN
/// gives NaN. A zero cotangent contributes zero. The norm of nothing is 0, but for p = ∞, which needs an element. p = 2 is <see cref="Norm"/>.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
/// <param name="Order">p, above 1 and finite: the others are made of other operations.</param>
public readonly record struct NormOfOrder(int Axis, bool KeepDims, double Order) : IOperation<NormOfOrder>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Without(Axis, KeepDims);

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        PowerNorms.Run(step[0], step.Output, outer, n, inner, T.CreateTruncating(Order));
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape kept = step.Shape(0).Without(Axis, keepDims: true);
        Variable<T> x = step[0], y = step.Output.Reshape(kept);

        // a lane of zeros is divided by ∞, not by 0
        Variable<T> share = (x.Abs() / Variable<T>.IfEqual(y, T.Zero, T.PositiveInfinity, y)).Pow(Order - 1);
        step.Accumulate(0, Variable<T>.Apply<Chain>(step.Cotangent.Reshape(kept), x.Sign() * share));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of order 3, middle axis", x => x[0].Norm(1, 3.0), Sample.In(Domain.NonZero, 2, 3, 2)),
        new("of order 1", x => x[0].Norm(0, 1.0, keepDims: true), Sample.In(Domain.NonZero, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.NormOfOrder"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="order">p, from 1 to ∞.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the order is below 1.</exception>
        /// <exception cref="ShapeException">The axis has length 0 and the order is ∞.</exception>
        public Variable<T> Norm(int axis, double order, bool keepDims = false)
        {
            if (!(order >= 1)) throw new ArgumentOutOfRangeException(nameof(order), string.Create(CultureInfo.InvariantCulture, $"Norm: order is {order}; needs a number from 1 to ∞."));
            if (order == 2) return x.Norm(axis, keepDims);
            if (order == 1) return x.Abs().Sum(axis, keepDims);
            return double.IsInfinity(order) ? x.Abs().Max(axis, keepDims) : Variable<T>.Apply(new NormOfOrder(x.Shape.Axis("Norm", axis), keepDims, order), x);
        }
    }
}
