using System.Numerics;

namespace Autodiff;

/// <summary>The last two axes exchanged: y[…, j, i] = x[…, i, j].</summary>
/// <remarks>Shapes: […, m, n] → […, n, m]. x̄ = ȳ transposed.</remarks>
public readonly struct Transpose : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => x[0].Transpose(), Sample.Of(2, 3)),
        new("a batch", x => x[0].Transpose(), Sample.Of(2, 3, 2)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Transpose"/>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        public Variable<T> Transpose()
        {
            int rank = x.Shape.Rank;
            if (rank < 2) throw new ShapeException($"Transpose: x is {x.Shape}; needs two axes or more.");
            Span<int> axes = stackalloc int[rank];
            for (int i = 0; i < rank; i++) axes[i] = i;
            (axes[^1], axes[^2]) = (rank - 2, rank - 1);
            return Variable<T>.Apply(new Permute(axes), x);
        }
    }
}
