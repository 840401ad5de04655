namespace Autodiff;

/// <summary>
/// What a formula is read over: a plain number (<see cref="One{T}"/>), a SIMD lane (<see cref="Lane512{T}"/> and its
/// kin), a number that carries a tangent (<see cref="Dual{R}"/>), or a handle of the tape (<see cref="Scalar{T}"/>,
/// <see cref="Variable{T}"/>), where reading means recording.
/// </summary>
/// <typeparam name="R">The number itself.</typeparam>
public interface IReal<R> where R : struct, IReal<R>
{
    /// <summary>The constant nearest to <paramref name="value"/>; on a tape it takes no step.</summary>
    static abstract R Of(double value);

    /// <summary>a + b.</summary>
    static abstract R operator +(R a, R b);

    /// <summary>a − b.</summary>
    static abstract R operator -(R a, R b);

    /// <summary>a · b.</summary>
    static abstract R operator *(R a, R b);

    /// <summary>a / b.</summary>
    static abstract R operator /(R a, R b);

    /// <summary>−x.</summary>
    static abstract R operator -(R x);

    /// <summary><paramref name="then"/> where a &gt; b, else <paramref name="otherwise"/> (also where one is NaN).</summary>
    static abstract R IfGreater(R a, R b, R then, R otherwise);

    /// <summary><paramref name="then"/> where a = b, else <paramref name="otherwise"/> (also where one is NaN).</summary>
    static abstract R IfEqual(R a, R b, R then, R otherwise);

    /// <summary>Another op of one operand, by name; numbers compute it, handles record it.</summary>
    static abstract R Apply<TOp>(R x) where TOp : struct, IUnary<TOp>;

    /// <summary>Another op of two operands, by name.</summary>
    static abstract R Apply<TOp>(R a, R b) where TOp : struct, IBinary<TOp>;

    /// <summary>Another op of three operands, by name.</summary>
    static abstract R Apply<TOp>(R a, R b, R c) where TOp : struct, ITernary<TOp>;
}
