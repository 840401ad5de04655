using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Dot product of two vectors: y = Σᵢ aᵢ·bᵢ.</summary>
/// <remarks>Shapes: [n]·[n] → a scalar. ā = ȳ·b, b̄ = ȳ·a. Of empty vectors it is 0. Summed in blocks: the rounding error grows with log n.</remarks>
public readonly record struct Dot : IOperation<Dot>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
        => inputs[0].Rank == 1 && inputs[0] == inputs[1] ? default
            : throw new ShapeException($"Dot: a is {inputs[0]}, b is {inputs[1]}; needs two vectors of one length.");

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Output[0] = Reduction.Dot(step[0], step[1]);

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (step.Wants(0)) step.Accumulate(0, Variable<T>.Apply<Chain>(step.Cotangent, step[1]));
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply<Chain>(step.Cotangent, step[0]));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two vectors", x => x[0].Dot(x[1]), Sample.Of(5), Sample.Of(5)),
        new("one with itself", x => x[0].Dot(x[0]), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Dot"/>
        /// <param name="b">A vector as long as a.</param>
        /// <exception cref="ShapeException">They are not two vectors of one length.</exception>
        public Scalar<T> Dot(Variable<T> b) => Variable<T>.Apply(default(Dot), a, b).AsScalar();
    }
}
