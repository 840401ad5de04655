namespace Autodiff;

/// <summary>Piecewise linear hyperbolic tangent: y = x, but at least min and at most max.</summary>
/// <remarks>It is <see cref="Clamp"/>: ∂y/∂x = 1 from min to max (also at the limits), 0 outside. NaN gives NaN.</remarks>
public readonly struct HardTanh : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        [new("around the limits", x => x[0].HardTanh(), Sample.In(Domain.In((-2, -1.2), (-0.8, 0.8), (1.2, 2)), 3, 4))];
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.HardTanh"/>
        public R HardTanh(double min = -1, double max = 1) => R.Apply<Clamp>(x, R.Of(min), R.Of(max));
    }
}
