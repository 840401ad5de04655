using System.Numerics;

namespace Autodiff;

/// <summary>The coordinates of a grid's points: grid k holds axis k's coordinate at every point, y_k[i₀, i₁, …] = x_k[i_k].</summary>
/// <remarks>Shapes: vectors [n₀], [n₁], … → as many tensors [n₀, n₁, …] (matrix order, NumPy's <c>indexing="ij"</c>). x̄_k = ȳ_k summed over the other axes.
/// The array of the grids is new; the overload with places for them allocates nothing.</remarks>
public readonly struct MeshGrid : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a plane", x => First(Variable.MeshGrid([x[0], x[1]])), Sample.Of(2), Sample.Of(3)),
    ];

    private static Variable<T> First<T>(Variable<T>[] grids) where T : unmanaged, IFloatingPointIeee754<T> => grids[0] * grids[1];
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.MeshGrid"/>
    /// <param name="axes">The coordinates along each axis, as vectors.</param>
    /// <exception cref="ShapeException">One is no vector, or there are too many.</exception>
    public static Variable<T>[] MeshGrid<T>(ReadOnlySpan<Variable<T>> axes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var grids = new Variable<T>[axes.Length];
        MeshGrid(axes, grids);
        return grids;
    }

    /// <inheritdoc cref="Autodiff.MeshGrid"/>
    /// <param name="axes">The coordinates along each axis, as vectors.</param>
    /// <param name="grids">Where the grids go, one place for each.</param>
    /// <exception cref="ShapeException">One is no vector, or there are too many, or not as many places.</exception>
    public static void MeshGrid<T>(ReadOnlySpan<Variable<T>> axes, Span<Variable<T>> grids) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (axes.Length > Shape.MaxRank) throw new ShapeException($"MeshGrid: {axes.Length} axes came; needs at most {Shape.MaxRank}.");
        if (grids.Length != axes.Length) throw new ShapeException($"MeshGrid: {axes.Length} axes came, {grids.Length} places; needs a place for each.");
        Span<int> whole = stackalloc int[axes.Length], alone = stackalloc int[axes.Length];
        for (int k = 0; k < axes.Length; k++)
        {
            Shape shape = axes[k].Shape;
            whole[k] = shape.Rank == 1 ? shape.Lengths[0] : throw new ShapeException($"MeshGrid: input {k} is {shape}; needs vectors.");
        }

        alone.Fill(1);
        for (int k = 0; k < axes.Length; k++)
        {
            alone[k] = whole[k];
            grids[k] = axes[k].Reshape(alone).BroadcastTo(whole);
            alone[k] = 1;
        }
    }
}
