using System.Globalization;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Norm of any order p along one axis: y = (Σᵢ |xᵢ|ᵖ)^(1/p); the number of elements that are not 0 for p = 0, the greatest magnitude for p = ∞, the least for −∞.</summary>
/// <remarks>
/// Shapes: [outer, n, inner] → [outer, inner], or [outer, 1, inner] if the axis is kept. x̄ᵢ = ȳ·sign(xᵢ)·(|xᵢ|/y)ᵖ⁻¹, and 0 where y = 0 or xᵢ = 0; for p = ±∞, ȳ·sign(xᵢ) at
/// the first of the greatest, or least; for p = 0 it is declared zero. Below 1 it is not a norm, and below 0 an element of 0 makes it 0.
/// Powers that leave the range of numbers do no harm. An infinity gives ∞ for p &gt; 0, and NaN for the derivative at the infinite elements if p is not 1 or ∞; below 0 it counts for
/// nothing beside others. NaN gives NaN, for every p. A zero cotangent contributes zero. The norm of nothing is 0, but for p &lt; 0 and p = ∞, which need an element. p = 2 is <see cref="Norm"/>.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="KeepDims">Whether the axis stays, with length 1.</param>
/// <param name="Order">p, finite and neither 0, 1 nor 2: the others are made of other operations.</param>
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
        Variable<T> x = step[0], y = step.Output.Reshape(kept), size = x.Abs(), share, zero = T.Zero, infinity = T.PositiveInfinity;

        // a lane of zeros is divided by ∞, not by 0; below 1 the power of a zero would be infinite, and the quotient stands the other way round
        if (Order > 1) share = (size / Variable<T>.IfEqual(y, zero, infinity, y)).Pow(Order - 1);
        else share = Variable<T>.IfEqual(size, zero, zero, (y / Variable<T>.IfEqual(size, zero, infinity, size)).Pow(1 - Order));
        step.Accumulate(0, Variable<T>.Apply<Chain>(step.Cotangent.Reshape(kept), x.Sign() * share));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("of order 3, middle axis", x => x[0].Norm(1, 3.0), Sample.In(Domain.NonZero, 2, 3, 2)),
        new("of order ½", x => x[0].Norm(1, 0.5), Sample.In(Domain.NonZero, 2, 3)),
        new("of order −2, everything", x => x[0].Norm(-2.0), Sample.In(Domain.NonZero, 2, 3)),
        new("of order −∞, two axes", x => x[0].Norm([0, 2], double.NegativeInfinity), Sample.In(Domain.In((0.5, 6)), 2, 2, 2)) { Spacing = 0.3 },
        new("of order 1", x => x[0].Norm(0, 1.0, keepDims: true), Sample.In(Domain.NonZero, 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.NormOfOrder"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="order">p, any number.</param>
        /// <param name="keepDims">Whether the axis stays, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the order is NaN.</exception>
        /// <exception cref="ShapeException">The axis has length 0 and the order is ∞ or negative.</exception>
        public Variable<T> Norm(int axis, double order, bool keepDims = false)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Norm", axis);
            if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Norm: order is NaN; needs a number.");
            if (shape.Lengths[axis] == 0 && (order < 0 || double.IsInfinity(order)))
                throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"Norm: x is {shape}, axis {axis} is empty, order is {order}; needs at least one element along it."));
            return order switch
            {
                2 => x.Norm(axis, keepDims),
                1 => x.Abs().Sum(axis, keepDims),
                0 => Variable<T>.IfEqual(x, x, x.NotEqualTo(0.0), x.Square()).Sum(axis, keepDims),   // a NaN is not counted but goes on
                double.PositiveInfinity => x.Abs().Max(axis, keepDims),
                double.NegativeInfinity => x.Abs().Min(axis, keepDims),
                _ => Variable<T>.Apply(new NormOfOrder(axis, keepDims, order), x),
            };
        }

        /// <summary>The norm of any order of all elements, as a scalar.</summary>
        /// <param name="order">p, any number; a whole one is written as <c>3.0</c>, since <c>3</c> is an axis.</param>
        /// <exception cref="ArgumentOutOfRangeException">The order is NaN.</exception>
        /// <exception cref="ShapeException">There are no elements and the order is ∞ or negative.</exception>
        public Scalar<T> Norm(double order)
        {
            if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Norm: order is NaN; needs a number.");
            if (x.Size == 0 && (order < 0 || double.IsInfinity(order)))
                throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"Norm: x is {x.Shape}, order is {order}; needs at least one element."));
            return x.Reshape([x.Size]).Norm(0, order).AsScalar();
        }

        /// <inheritdoc cref="Autodiff.NormOfOrder"/>
        /// <param name="axes">The axes that are reduced together, one or more; negative axes count from the end.</param>
        /// <param name="order">p, any number.</param>
        /// <param name="keepDims">Whether the axes stay, with length 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the order is NaN.</exception>
        /// <exception cref="ShapeException">No axis came, or one comes twice, or the axes have no elements and the order is ∞ or negative.</exception>
        public Variable<T> Norm(ReadOnlySpan<int> axes, double order, bool keepDims = false)
        {
            if (double.IsNaN(order)) throw new ArgumentOutOfRangeException(nameof(order), "Norm: order is NaN; needs a number.");
            Shape shape = x.Shape;
            foreach (int axis in axes)
            {
                if (shape.Lengths[shape.Axis("Norm", axis)] == 0 && (order < 0 || double.IsInfinity(order)))
                    throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"Norm: x is {shape}, axis {axis} is empty, order is {order}; needs at least one element along it."));
            }

            return SeveralAxes.Reduce("Norm", x, axes, keepDims, static (v, at, p) => v.Norm(at, p), order);
        }
    }
}
