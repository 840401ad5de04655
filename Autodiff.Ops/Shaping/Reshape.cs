using System.Numerics;

namespace Autodiff;

/// <summary>The same elements in another shape.</summary>
/// <remarks>x̄ = ȳ in x's shape.</remarks>
/// <param name="Target">The new shape, of as many elements.</param>
public readonly record struct Reshape(Shape Target) : IOperation<Reshape>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step[0].CopyTo(step.Output);

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, step.Cotangent.Reshape(step.Shape(0)));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("matrix to matrix", x => x[0].Reshape([3, -1]), Sample.Of(2, 6)),
        new("to a vector", x => x[0].Reshape([-1]), Sample.Of(2, 3)),
        new("to a number", x => x[0].Reshape([]), Sample.Of(1, 1)),
    ];

    /// <summary>A shape in which one −1 stands for what the number of elements leaves.</summary>
    internal static Shape Resolve(Shape from, ReadOnlySpan<int> lengths)
    {
        Span<int> target = stackalloc int[Math.Min(lengths.Length, Autodiff.Shape.MaxRank)];
        int open = -1;
        long size = 1;
        bool fits = lengths.Length <= target.Length;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = lengths[i];
            fits &= lengths[i] >= 0 || (lengths[i] == -1 && open < 0);
            if (lengths[i] == -1) open = i;
            else size *= lengths[i];
        }

        if (fits && open >= 0 && size > 0) target[open] = (int)(from.Size / size);
        if (fits && (open < 0 || size > 0) && (open < 0 ? size : size * target[open]) == from.Size) return target;
        throw new ShapeException($"Reshape: x is {from}, the target {Autodiff.Shape.Text(lengths)}; needs a target of {from.Size} elements (one length may be -1).");
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Reshape"/>
        /// <param name="shape">The new lengths; one may be −1: what the others leave.</param>
        /// <exception cref="ShapeException">The number of elements would change.</exception>
        public Variable<T> Reshape(ReadOnlySpan<int> shape)
        {
            Shape from = x.Shape, target = Autodiff.Reshape.Resolve(from, shape);
            return from == target ? x : Variable<T>.Alias(new Reshape(target), x);
        }
    }
}
