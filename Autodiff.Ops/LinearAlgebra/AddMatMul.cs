using System.Numerics;

namespace Autodiff;

/// <summary>A matrix product added to something: Y = β·X + α·A·B.</summary>
/// <remarks>
/// Shapes: A·B as in <see cref="MatMul"/>, vectors and batches included; X broadcasts to it (PyTorch's addmm, addmv, addbmm's batches and baddbmm in one). X̄ = β·Ȳ, Ā = α·Ȳ·Bᵀ, B̄ = α·Aᵀ·Ȳ. Where β
/// is 0, X does not count, also if it is NaN, and where α is 0 the product is not made.
/// </remarks>
public readonly struct AddMatMul : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a bias", x => x[0].AddMatMul(x[1], x[2]), Sample.Of(4), Sample.Of(2, 3), Sample.Of(3, 4)),
        new("batches, scaled", x => x[0].AddMatMul(x[1], x[2], 0.5, -2), Sample.Of(2, 2), Sample.Of(3, 2, 3), Sample.Of(3, 3, 2)),
        new("a vector", x => x[0].AddMatMul(x[1], x[2], alpha: 3), Sample.Of(2), Sample.Of(2, 3), Sample.Of(3)),
    ];

    /// <summary>The shape of a product of matrices or vectors.</summary>
    internal static Shape Product(in Shape a, in Shape b)
    {
        if (a.Rank == 0 || b.Rank == 0 || a[-1] != b[b.Rank == 1 ? 0 : -2]) throw new ShapeException($"AddMatMul: a is {a}, b is {b}; needs a: [..., m, k], b: [..., k, n] (or [k]), with leading axes that broadcast.");
        Shape result = Shape.Broadcast("AddMatMul", a.Lengths[..Math.Max(a.Rank - 2, 0)], b.Lengths[..Math.Max(b.Rank - 2, 0)]);
        if (a.Rank > 1) result = result.Inserted(result.Rank, a[-2]);
        return b.Rank > 1 ? result.Inserted(result.Rank, b[-1]) : result;
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.AddMatMul"/>
        /// <param name="a">[..., m, k], or a vector [k].</param>
        /// <param name="b">[..., k, n], or a vector [k].</param>
        /// <param name="beta">The factor of this tensor.</param>
        /// <param name="alpha">The factor of the product.</param>
        /// <exception cref="ShapeException">The product does not exist, or this tensor does not broadcast to it.</exception>
        public Variable<T> AddMatMul(Variable<T> a, Variable<T> b, double beta = 1, double alpha = 1)
        {
            Shape product = Autodiff.AddMatMul.Product(a.Shape, b.Shape), shape = x.Shape;
            if (shape.Rank > product.Rank || Shape.Broadcast("AddMatMul", shape, product) != product)
                throw new ShapeException($"AddMatMul: x is {shape}, a is {a.Shape}, b is {b.Shape}; needs an x that broadcasts to {product}.");
            if (alpha == 0) return (beta == 1 ? x : Variable<T>.Apply<Chain>(Variable<T>.Of(beta), x)).BroadcastTo(product);
            Variable<T> y = a.MatMul(b);
            if (alpha != 1) y *= Variable<T>.Of(alpha);
            return beta == 0 ? y : (beta == 1 ? x : x * Variable<T>.Of(beta)) + y;
        }
    }
}
