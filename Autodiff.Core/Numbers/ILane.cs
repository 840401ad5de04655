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

    /// <summary>a · b + c, rounded once.</summary>
    static abstract R FusedMultiplyAdd(R a, R b, R c);

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

    /// <summary>The exponent e of a positive normal x = m · 2^e, 1 ≤ m &lt; 2.</summary>
    static abstract R Exponent(R x);

    /// <summary>The significand m of a positive normal x = m · 2^e, 1 ≤ m &lt; 2.</summary>
    static abstract R Significand(R x);

    /// <summary>sin x in radians.</summary>
    static abstract R SineOf(R x);

    /// <summary>cos x in radians.</summary>
    static abstract R CosineOf(R x);

    /// <summary>a function of each number that has no lane form, element by element.</summary>
    static abstract R Each<TFunction>(R a, R b) where TFunction : struct, IScalarFunction;
}

/// <summary>A function of two numbers that exists only element by element (<see cref="ILane{R}.Each{TFunction}"/>).</summary>
public interface IScalarFunction
{
    /// <summary>Its value.</summary>
    static abstract T Invoke<T>(T a, T b) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;
}
