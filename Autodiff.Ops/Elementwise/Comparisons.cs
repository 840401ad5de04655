using System.Numerics;

namespace Autodiff;

/// <summary>The operations, as members of what they work on (<c>x.Softmax(axis)</c>) or of this class (<c>Variable.Concat(…)</c>).</summary>
public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.Where"/>
    /// <param name="condition">Not zero: take from a; zero: take from b.</param>
    /// <param name="a">Where the condition is not zero.</param>
    /// <param name="b">Where the condition is zero.</param>
    public static Variable<T> Where<T>(Variable<T> condition, Variable<T> a, Variable<T> b) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply<Where>(condition, a, b);

    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.GreaterThan"/>
        public R GreaterThan(R b) => R.Apply<GreaterThan>(a, b);

        /// <inheritdoc cref="Autodiff.GreaterThan"/>
        public R GreaterThan(double b) => R.Apply<GreaterThan>(a, R.Of(b));

        /// <inheritdoc cref="Autodiff.EqualTo"/>
        public R EqualTo(R b) => R.Apply<EqualTo>(a, b);

        /// <inheritdoc cref="Autodiff.EqualTo"/>
        public R EqualTo(double b) => R.Apply<EqualTo>(a, R.Of(b));
    }
}
