using System.Numerics;

namespace Autodiff;

/// <summary>Norm of each window of a sequence: y[b, c, s] = (Σⱼ |x[b, c, s·stride + j]|ᵖ)^(1/p), 0 ≤ j &lt; window.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, ⌊(w − window) / stride⌋ + 1]; what is left over at the end is not read. From the sum of magnitudes, p = 1, to the greatest, p = ∞. The
/// derivative is that of the norm (<see cref="NormOfOrder"/>), summed over the windows: 0 in a window of zeros, where PyTorch's is NaN. PyTorch sums xᵖ, not |x|ᵖ, which differs for negative x
/// where p is odd. NaN gives NaN.
/// </remarks>
public readonly struct LpPool1d : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("overlapping", x => x[0].LpPool1d(3, 3, stride: 2), Sample.In(Domain.NonZero, 1, 2, 5))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LpPool1d"/>
        /// <param name="order">p, from 1 to ∞.</param>
        /// <param name="window">The elements of a window.</param>
        /// <param name="stride">The elements from one window to the next; the window's size if left out (0).</param>
        /// <exception cref="ShapeException">x has not three axes, or is shorter than the window.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The order is below 1, the window not positive, or the stride negative.</exception>
        public Variable<T> LpPool1d(double order, int window, int stride = 0)
        {
            PoolGeometry.Order("LpPool1d", order);
            PoolGeometry.Rows("LpPool1d", x.Shape, window, stride);
            return x.Unfold(2, window, stride == 0 ? window : stride).Norm(-1, order);
        }
    }
}
