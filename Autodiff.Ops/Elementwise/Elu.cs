using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Exponential linear unit: y = x for x &gt; 0, α·(eˣ − 1) else; α may be a variable.</summary>
/// <remarks>∂y/∂x = 1 for x &gt; 0, α·eˣ for x ≤ 0 (also at 0); ∂y/∂α = eˣ − 1 for x ≤ 0. NaN gives NaN. Accuracy: at most 4 units in the last place.
/// Source: Clevert, Unterthiner and Hochreiter, arXiv:1511.07289.</remarks>
public readonly struct Elu : IBinary<Elu>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.NonZero, Autodiff.Domain.Positive);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => R.IfGreater(a, R.Of(0), a, b * Autodiff.ExpM1.Primal(a));

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(1), b * a.Exp());

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, R.Of(0), R.Of(0), a.ExpM1());
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.Elu"/>
        public R Elu(R alpha) => R.Apply<Elu>(a, alpha);

        /// <inheritdoc cref="Autodiff.Elu"/>
        [OverloadResolutionPriority(1)]
        public R Elu(double alpha = 1) => R.Apply<Elu>(a, R.Of(alpha));
    }
}
