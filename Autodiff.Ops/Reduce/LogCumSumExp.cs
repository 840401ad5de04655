using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Running logarithm of a sum of exponentials along one axis: yᵢ = ln(exp x₀ + … + exp xᵢ).</summary>
/// <remarks>
/// Shapes: x's. x̄ₖ = qₖ·exp(xₖ − yₖ) with qₖ = ȳₖ + qₖ₊₁·exp(yₖ − yₖ₊₁), the recurrence from the end: no exponent is above 0, so nothing overflows. Where nothing but
/// −∞ came, y is −∞ and those elements have the derivative 0; from the first ∞ on y is ∞, and that element has all of the derivative. From a NaN on all results are
/// NaN, and so are the derivatives of the elements up to it and behind. A zero cotangent contributes zero.
/// </remarks>
/// <param name="Axis">The axis, counted from the front.</param>
public readonly record struct LogCumSumExp(int Axis) : IOperation<LogCumSumExp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.Output;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        RunningLogSums.Run(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> x = step[0], y = step.Output, one = T.One, zero = T.Zero;
        Variable<T> next = Variable<T>.Apply(new Shift(Axis, -1, double.PositiveInfinity), y), before = Variable<T>.Apply(new Shift(Axis, 1, double.NegativeInfinity), y);

        // infinities of one sign have no difference; what is equal passes on all
        Variable<T> passed = Variable<T>.IfEqual(y, next, one, (y - next).Exp());
        Variable<T> q = Variable<T>.Apply(new LinearRecurrence(Axis, true), step.Cotangent, passed);
        Variable<T> share = Variable<T>.IfEqual(x, T.NegativeInfinity, zero, Variable<T>.IfEqual(before, T.PositiveInfinity, zero, Variable<T>.IfEqual(x, y, one, (x - y).Exp())));
        step.Accumulate(0, Variable<T>.Apply<Chain>(q, share));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("middle axis", x => x[0].LogCumSumExp(1), Sample.Of(2, 3, 2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LogCumSumExp"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> LogCumSumExp(int axis) => Variable<T>.Apply(new LogCumSumExp(x.Shape.Axis("LogCumSumExp", axis)), x);
    }
}
