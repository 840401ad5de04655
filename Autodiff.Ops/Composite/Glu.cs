using System.Numerics;

namespace Autodiff;

/// <summary>Gated linear unit: y = a·σ(b) for the halves a and b of x along one axis.</summary>
/// <remarks>Shapes: [outer, 2n, inner] → [outer, n, inner]. ā = ȳ·σ(b), b̄ = ȳ·a·σ(b)·(1 − σ(b)). Source: Dauphin, Fan, Auli and Grangier, arXiv:1612.08083.</remarks>
public readonly struct Glu : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => x[0].Glu(), Sample.Of(2, 4)),
        new("outer axis", x => x[0].Glu(0), Sample.Of(4, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Glu"/>
        /// <param name="axis">The axis that is halved; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        /// <exception cref="ShapeException">Its length is odd.</exception>
        public Variable<T> Glu(int axis = -1)
        {
            Shape shape = x.Shape;
            axis = shape.Axis("Glu", axis);
            (int half, int odd) = Math.DivRem(shape.Lengths[axis], 2);
            if (odd != 0) throw new ShapeException($"Glu: x is {shape}, axis {axis}; needs an even length.");
            return x.Slice(axis, 0, half) * x.Slice(axis, half, half).Sigmoid();
        }
    }
}
