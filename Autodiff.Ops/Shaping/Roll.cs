using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Elements moved along one axis, round its end: y[…, (i + by) mod n, …] = x[…, i, …].</summary>
/// <remarks>Shapes: x's. x̄ = ȳ moved back.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="By">How far, from 0 to n − 1.</param>
public readonly record struct Roll(int Axis, int By) : IOperation<Roll>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Layout.Copy(step[0], 0, n * inner, step.Output, By * inner, n * inner, (n - By) * inner, outer);
        Layout.Copy(step[0], (n - By) * inner, n * inner, step.Output, 0, n * inner, By * inner, outer);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new Roll(Axis, By == 0 ? 0 : step.Shape(0).Lengths[Axis] - By), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Roll(1, 1), Sample.Of(2, 3)) { Selects = true },
        new("outer axis, back", x => x[0].Roll(-4, 0), Sample.Of(3, 2)) { Selects = true },
        new("not at all", x => x[0].Roll(3, 0), Sample.Of(3, 2)) { Selects = true },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Roll"/>
        /// <param name="by">How far; negative: towards the front.</param>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Roll(int by, int axis)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Roll", axis);
            int n = Math.Max(shape.Lengths[axis], 1);
            return Variable<T>.Apply(new Roll(axis, ((by % n) + n) % n), x);
        }
    }
}
