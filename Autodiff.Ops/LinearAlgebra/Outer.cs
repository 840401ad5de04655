using System.Numerics;

namespace Autodiff;

/// <summary>Outer product of two vectors: Y = a·bᵀ.</summary>
/// <remarks>Shapes: [m], [n] → [m, n]. ā = Ȳ·b, b̄ = Ȳᵀ·a.</remarks>
public readonly struct Outer : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two vectors", x => x[0].Outer(x[1]), Sample.Of(3), Sample.Of(4)),
        new("one with itself", x => x[0].Outer(x[0]), Sample.Of(3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Outer"/>
        /// <param name="b">A vector.</param>
        /// <exception cref="ShapeException">They are not two vectors.</exception>
        public Variable<T> Outer(Variable<T> b)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank != 1 || sb.Rank != 1) throw new ShapeException($"Outer: a is {sa}, b is {sb}; needs two vectors.");
            return a.Reshape([sa.Size, 1]) * b.Reshape([1, sb.Size]);
        }
    }
}
