using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Limits: y = x, but at least min and at most max, which may be variables.</summary>
/// <remarks>∂y/∂x = 1 from min to max (also at the limits), 0 outside; the derivative outside goes to the limit. If min is above max, the result is max.
/// NaN in x gives NaN in value and gradient.</remarks>
public readonly struct Clamp : ITernary<Clamp>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B | Saved.C;

    /// <inheritdoc/>
    public static (Domain A, Domain B, Domain C) Domain
        => (Autodiff.Domain.In((-1.9, -1.3), (-0.3, 0.4), (1.2, 1.8)), Autodiff.Domain.In((-1.1, -0.5)), Autodiff.Domain.In((0.6, 1)));

    /// <inheritdoc/>
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R>
    {
        R raised = R.IfGreater(b, a, b, a);
        return R.IfGreater(raised, c, c, raised);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfGreater(b, a, R.Of(0), R.IfGreater(a, c, R.Of(0), R.IfEqual(a, a, R.Of(1), a)));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfGreater(b, a, R.IfGreater(b, c, R.Of(0), R.Of(1)), R.Of(0));

    /// <inheritdoc/>
    public static R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R> => R.IfGreater(a, c, R.Of(1), R.IfGreater(b, c, R.Of(1), R.Of(0)));
}

public static partial class Variable
{
    extension<R>(R x) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Clamp"/>
        public R Clamp(R min, R max) => R.Apply<Clamp>(x, min, max);

        /// <inheritdoc cref="Autodiff.Clamp"/>
        [OverloadResolutionPriority(1)]
        public R Clamp(double min, double max) => R.Apply<Clamp>(x, R.Of(min), R.Of(max));
    }
}
