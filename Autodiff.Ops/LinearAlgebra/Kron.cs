using System.Numerics;

namespace Autodiff;

/// <summary>The Kronecker product: Y[i·p + r, j·q + s] = A[i, j]·B[r, s].</summary>
/// <remarks>Shapes: [..., m, n], [..., p, q] → [..., m·p, n·q]; leading axes broadcast. One product and a new shape.</remarks>
public readonly struct Kron : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("two matrices", x => x[0].Kron(x[1]), Sample.Of(2, 3), Sample.Of(3, 2)),
        new("a batch and a matrix", x => x[0].Kron(x[1]), Sample.Of(2, 2, 1), Sample.Of(2, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Kron"/>
        /// <param name="b">[..., p, q].</param>
        /// <exception cref="ShapeException">One of them has fewer than two axes or more than six, or the leading axes do not broadcast.</exception>
        public Variable<T> Kron(Variable<T> b)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank is < 2 or > Shape.MaxRank - 2 || sb.Rank is < 2 or > Shape.MaxRank - 2)
                throw new ShapeException($"Kron: a is {sa}, b is {sb}; needs two to {Shape.MaxRank - 2} axes each: [..., m, n], [..., p, q].");
            Shape batch = Shape.Broadcast("Kron", sa.Lengths[..^2], sb.Lengths[..^2]);
            Variable<T> rows = a.Reshape(sa.Inserted(sa.Rank - 1, 1).Inserted(sa.Rank + 1, 1));
            Variable<T> blocks = b.Reshape(sb.Inserted(sb.Rank - 2, 1).Inserted(sb.Rank, 1));
            return (rows * blocks).Reshape(batch.Inserted(batch.Rank, sa[-2] * sb[-2]).Inserted(batch.Rank + 1, sa[-1] * sb[-1]));
        }
    }
}
