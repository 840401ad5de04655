namespace Autodiff;

/// <summary>
/// An elementwise operation of one operand, y = f(x): two formulas, from which the engine reads the scalar on the tape, the tensor,
/// the SIMD loops, both sweeps, derivatives of any order and the gradient checks.
/// </summary>
/// <typeparam name="TOp">The operation itself, an empty struct.</typeparam>
public interface IUnary<TOp> : IOp where TOp : struct, IUnary<TOp>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TOp>.Value;

    /// <summary>What <see cref="Partial{R}"/> reads.</summary>
    static abstract Saved Saves { get; }

    /// <summary>Where the operation is smooth: the laws and gradient checks draw their numbers from here.</summary>
    static abstract Domain Domain { get; }

    /// <summary>f(x).</summary>
    static abstract R Primal<R>(R x) where R : struct, ILane<R>;

    /// <summary>∂y/∂x, of x and y = f(x).</summary>
    static abstract R Partial<R>(R x, R y) where R : struct, IReal<R>;
}
