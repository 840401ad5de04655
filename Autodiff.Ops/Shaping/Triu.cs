using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The upper triangle of matrices, zeros elsewhere: y[…, i, j] = x[…, i, j] for j − i ≥ diagonal.</summary>
/// <remarks>Shapes: [batch, m, n] → the same. x̄ = the same triangle of ȳ. What is not in the triangle contributes nothing, even if it is infinite or NaN.</remarks>
/// <param name="Diagonal">The last diagonal that stays: 0 the main one, positive above, negative below.</param>
public readonly record struct Triu(int Diagonal) : IOperation<Triu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].Rank >= 2 ? inputs[0]
        : throw new ShapeException($"Triu: x is {inputs[0]}; needs matrices, [batch, m, n].");

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        Layout.Triangle(step[0], step.Output, shape[-2], shape[-1], Diagonal, lower: false);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, Variable<T>.Apply(new Triu(Diagonal), step.Cotangent));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("square", x => x[0].Triu(), Sample.Of(3, 3)),
        new("wide, a batch", x => x[0].Triu(1), Sample.Of(2, 2, 4)),
        new("tall", x => x[0].Triu(-1), Sample.Of(4, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Triu"/>
        /// <param name="diagonal">The last diagonal that stays: 0 the main one, positive above, negative below.</param>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        public Variable<T> Triu(int diagonal = 0) => Variable<T>.Apply(new Triu(diagonal), x);
    }
}
