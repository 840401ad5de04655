namespace Autodiff;

/// <summary>
/// A number that holds digits: one (<see cref="One{T}"/>) or several side by side (<see cref="Lane512{T}"/> …). It offers what a
/// <em>value</em> is computed from and a derivative never needs: fused products, rounding, exponents.
/// </summary>
/// <remarks>Every member gives the same bits whatever the number of lanes, so one element of a tensor equals the scalar.</remarks>
/// <typeparam name="R">The number itself.</typeparam>
public interface ILane<R> : IReal<R> where R : struct, ILane<R>
{
    /// <summary>Whether the digits are those of <see cref="double"/> (else of <see cref="float"/>).</summary>
    static abstract bool IsDouble { get; }

    /// <summary>One of two constants, by <see cref="IsDouble"/>.</summary>
    static abstract R Of(double inDouble, double inSingle);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract R FusedMultiplyAdd(R a, R b, R c);

    /// <summary>((((p·x + a)·x + b)·x + c)·x + d, each step rounded once: four steps of Horner's rule.</summary>
    /// <remarks>The same as four fused products, but less to inline: the compiler stops at about 500 temporaries in one loop.</remarks>
    static abstract R Horner(R p, R x, double a, double b, double c, double d);

    /// <summary>√x, correctly rounded.</summary>
    static abstract R SquareRoot(R x);

    /// <summary>x without its sign (of NaN and zero, too).</summary>
    static abstract R Magnitude(R x);

    /// <summary>The magnitude of <paramref name="x"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract R CopySign(R x, R sign);

    /// <summary>The nearest integer, ties to even; right for |x| &lt; 2^22 (float), 2^51 (double).</summary>
    static abstract R RoundToEven(R x);

    /// <summary>2^n for an integer n within the exponents of normal numbers (−126 … 127, −1022 … 1023).</summary>
    static abstract R PowerOfTwo(R n);

    /// <summary>x · 2^n for an integer n of at most twice the exponents of normal numbers and an x within a few powers of 1, rounded once.</summary>
    static abstract R Scale(R x, R n);

    /// <summary>The lesser of x and a limit; a NaN stays.</summary>
    static abstract R AtMost(R x, R limit);

    /// <summary>The greater of x and a limit; a NaN stays.</summary>
    static abstract R AtLeast(R x, R limit);

    /// <summary>The exponent e and the significand m of a positive finite x = m · 2^e, 1 ≤ m &lt; 2; of anything else arbitrary numbers.</summary>
    static abstract (R Exponent, R Significand) Split(R x);

    /// <summary>sin x in radians.</summary>
    static abstract R SineOf(R x);

    /// <summary>cos x in radians.</summary>
    static abstract R CosineOf(R x);

    /// <summary>Whether a &gt; b in every lane (no NaN among them). Only for leaving out work that no lane needs: an element's value may not depend on its neighbours.</summary>
    static abstract bool AllGreater(R a, R b);

    /// <summary>The constant at <paramref name="index"/>, an integer of 0 … 15, for polynomials in pieces; at any other number, or NaN, an arbitrary one of them.</summary>
    /// <remarks>In float one instruction where the machine has AVX-512; in double element by element.</remarks>
    static abstract R Choose(R index,
        double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15);

    /// <summary>The formula for the digits at hand. With <see cref="IsDouble"/> both formulas are compiled and one is thrown away, which long ones cannot afford.</summary>
    static abstract R ByPrecision<TFormula>(R x) where TFormula : struct, IPrecisionFormula;

    /// <summary>a function of each number that has no lane form, element by element.</summary>
    static abstract R Each<TFunction>(R a, R b) where TFunction : struct, IScalarFunction;
}

/// <summary>A formula that is written once for <see cref="float"/> and once for <see cref="double"/> (<see cref="ILane{R}.ByPrecision{TFormula}"/>).</summary>
public interface IPrecisionFormula
{
    /// <summary>With the digits of <see cref="float"/>.</summary>
    static abstract R Single<R>(R x) where R : struct, ILane<R>;

    /// <summary>With the digits of <see cref="double"/>.</summary>
    static abstract R Double<R>(R x) where R : struct, ILane<R>;
}

/// <summary>A function of two numbers that exists only element by element (<see cref="ILane{R}.Each{TFunction}"/>).</summary>
public interface IScalarFunction
{
    /// <summary>Its value.</summary>
    static abstract T Invoke<T>(T a, T b) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;
}
