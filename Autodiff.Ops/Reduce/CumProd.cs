using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Running product along one axis: yᵢ = x₀ · … · xᵢ.</summary>
/// <remarks>
/// Shapes: x's. x̄ₖ = yₖ₋₁ · qₖ with qₖ = ȳₖ + xₖ₊₁·qₖ₊₁: nothing is divided, so zeros among the elements do no harm, at any order.
/// A zero cotangent contributes zero.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Reverse">Whether it runs from the end of the axis.</param>
public readonly record struct CumProd(int Axis, bool Reverse) : IOperation<CumProd>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Scans.Product(step[0], step.Output, outer, n, inner, Reverse);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Pull(step[0], Before(step.Output), step.Cotangent));

    /// <summary>The products without their last factor, of y, the products with it.</summary>
    internal Variable<T> Before<T>(Variable<T> y) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Shift(Axis, Reverse ? -1 : 1, 1), y);

    /// <summary>x̄, of x, the products without their last factor, and ȳ.</summary>
    internal Variable<T> Pull<T>(Variable<T> x, Variable<T> before, Variable<T> yBar) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> next = Variable<T>.Apply(new Shift(Axis, Reverse ? 1 : -1, 0), x);
        return Variable<T>.Apply<Chain>(Variable<T>.Apply(new LinearRecurrence(Axis, !Reverse), yBar, next), before);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].CumProd(1), Sample.Of(2, 3)),
        new("outer axis, from the end", x => x[0].CumProd(0, reverse: true), Sample.Of(3, 2)),
        new("middle axis", x => x[0].CumProd(-2), Sample.Of(2, 3, 2)),
        new("zeros", x => (x[0] * x[1]).CumProd(1), Sample.Of(2, 4), Sample.In(Domain.Binary, 2, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CumProd"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="reverse">Whether it runs from the end of the axis.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> CumProd(int axis, bool reverse = false) => Variable<T>.Apply(new CumProd(x.Shape.Axis("CumProd", axis), reverse), x);
    }
}
