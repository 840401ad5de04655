using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Huber's loss of an error d: y = d²/2 for |d| ≤ δ, δ·(|d| − δ/2) beyond. The surface member takes the mean over all elements of x − y.
/// </summary>
/// <remarks>∂y/∂d = d, but at least −δ and at most δ; ∂y/∂δ = |d| − δ beyond δ, else 0. NaN gives NaN. The mean of nothing is NaN.
/// Source: Huber, Annals of Mathematical Statistics 35 (1964).</remarks>
public readonly struct Huber : IBinary<Huber>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-2.5, -1.5), (-0.4, 0.4), (1.5, 2.5)), Autodiff.Domain.In((0.6, 1.2)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        R half = R.Of(0.5), size = R.Magnitude(a);
        return R.IfGreater(size, b, b * (size - (half * b)), half * a * a);
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, b, b, R.IfGreater(-b, a, -b, a));

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.IfGreater(a, b, a - b, R.IfGreater(-b, a, -a - b, R.IfEqual(a, a, R.Of(0), a)));
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Huber"/>
        /// <param name="y">What x should be; of x's shape, since a broadcast is nearly always a forgotten axis.</param>
        /// <param name="delta">Where the square ends, greater than 0.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">delta is not greater than 0.</exception>
        public Scalar<T> Huber(Variable<T> y, double delta = 1)
        {
            if (x.Shape != y.Shape) throw new ShapeException($"Huber: x is {x.Shape}, y is {y.Shape}; needs equal shapes.");
            if (!(delta > 0)) throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant($"Huber: delta is {delta}; needs a number greater than 0."));
            return Variable<T>.Apply<Huber>(x - y, T.CreateTruncating(delta)).Sum() / T.CreateChecked(x.Size);
        }
    }
}
