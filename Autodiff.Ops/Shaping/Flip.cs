using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>One axis backwards: y[…, i, …] = x[…, n − 1 − i, …].</summary>
/// <remarks>Shapes: x's. x̄ = ȳ backwards.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
public readonly record struct Flip(int Axis) : IOperation<Flip>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Layout.Reverse(step[0], step.Output, outer, n, inner);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, Variable<T>.Apply(new Flip(Axis), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Flip(1), Sample.Of(2, 3)) { Selects = true },
        new("outer axis", x => x[0].Flip(0), Sample.Of(3, 2)) { Selects = true },
        new("middle axis", x => x[0].Flip(-2), Sample.Of(2, 3, 2)) { Selects = true },
        new("two axes", x => x[0].Flip([0, -1]), Sample.Of(2, 3, 2)) { Selects = true },
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Flip"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> Flip(int axis) => Variable<T>.Apply(new Flip(x.Shape.Axis("Flip", axis)), x);

        /// <summary>Several axes backwards, one after another.</summary>
        /// <param name="axes">The axes, none of them twice; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">One comes twice.</exception>
        public Variable<T> Flip(ReadOnlySpan<int> axes)
        {
            Shape shape = x.Shape;
            uint seen = 0;
            foreach (int axis in axes)
            {
                uint bit = 1u << shape.Axis("Flip", axis);
                if ((seen & bit) != 0) throw new ShapeException($"Flip: x is {shape}, the axes are {Shape.Text(axes)}; needs each axis at most once.");
                seen |= bit;
            }

            foreach (int axis in axes) x = x.Flip(axis);
            return x;
        }
    }
}
