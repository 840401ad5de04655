using System.Numerics;

namespace Autodiff;

/// <summary>The correlation coefficients of variables of which each row holds the observations: Rᵢⱼ = Cᵢⱼ / √(Cᵢᵢ·Cⱼⱼ), C being their covariances.</summary>
/// <remarks>Shapes: [..., v, n] → [..., v, v]. The rows' deviations are brought to length 1 and multiplied, so that no square overflows; what rounding puts beyond −1 or 1 is set to it.
/// A row without deviations has NaN, as in NumPy and PyTorch: 0 / 0.</remarks>
public readonly struct CorrCoef : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("off the diagonal", x => x[0].CorrCoef().Diagonal(1), Sample.Of(2, 3, 4))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CorrCoef"/>
        /// <exception cref="ShapeException">x has fewer than two axes.</exception>
        public Variable<T> CorrCoef()
        {
            Variable<T> deviations = Autodiff.Cov.Deviations("CorrCoef", x), rows = deviations / deviations.Norm(-1, keepDims: true);
            return Autodiff.MatMul.Of(rows, rows, false, true).Clamp(-1.0, 1.0);
        }
    }
}
