using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Running sum along one axis: yᵢ = x₀ + … + xᵢ.</summary>
/// <remarks>
/// Shapes: x's. x̄ᵢ = ȳᵢ + … + ȳₙ₋₁, the running sum from the other end. NaN and infinities go into every later sum.
/// Added one after another: the rounding error grows with the number of terms.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="Reverse">Whether it runs from the end of the axis.</param>
public readonly record struct CumSum(int Axis, bool Reverse) : IOperation<CumSum>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Scans.Sum(step[0], step.Output, outer, n, inner, Reverse);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new CumSum(Axis, !Reverse), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].CumSum(1), Sample.Of(2, 3)),
        new("outer axis, from the end", x => x[0].CumSum(0, reverse: true), Sample.Of(3, 2)),
        new("middle axis", x => x[0].CumSum(-2), Sample.Of(2, 3, 4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CumSum"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="reverse">Whether it runs from the end of the axis.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> CumSum(int axis, bool reverse = false) => Variable<T>.Apply(new CumSum(x.Shape.Axis("CumSum", axis), reverse), x);
    }
}
