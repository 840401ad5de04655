using Autodiff;

namespace MyOps;

/// <summary>Gaussian bump: y = e^(−x²). Two formulas: the scalar, the tensor, its SIMD loops and every derivative are read from them.</summary>
/// <remarks>∂y/∂x = −2xy. 0 at ±∞; NaN gives NaN.</remarks>
public readonly struct Bump : IUnary<Bump>
{
    public static Saved Saves => Saved.A | Saved.Output;

    public static Domain Domain => Domain.Reals;

    public static R Primal<R>(R x) where R : struct, ILane<R> => Exp.Primal(-(x * x));

    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(-2) * x * y;
}

/// <summary>The name by which programs call it, on numbers and tensors alike.</summary>
public static class BumpExtensions
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="MyOps.Bump"/>
        public R Bump() => R.Apply<Bump>(x);
    }
}
