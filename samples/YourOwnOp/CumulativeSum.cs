using System.Numerics;
using Autodiff;

namespace MyOps;

/// <summary>Running sum along the last axis: yᵢ = x₀ + … + xᵢ, or from the other end.</summary>
/// <remarks>x̄ is the running sum of ȳ from the other end. The rule is written over variables by the op itself, so it has derivatives of any order.</remarks>
/// <param name="FromEnd">Whether it runs from the last element to the first.</param>
public readonly record struct CumulativeSum(bool FromEnd) : IOperation<CumulativeSum>
{
    public static Saved Saves => Saved.Nothing;

    public Shape Shape(ReadOnlySpan<Shape> inputs)
        => inputs[0].Rank > 0 ? inputs[0] : throw new ShapeException("CumulativeSum: x is a single number; needs an axis.");

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> x = step[0];
        Span<T> y = step.Output;
        int length = step.OutputShape[-1];
        for (int start = 0; start < y.Length; start += length)
        {
            T sum = T.Zero;
            for (int k = 0; k < length; k++)
            {
                int i = start + (FromEnd ? length - 1 - k : k);
                y[i] = sum += x[i];
            }
        }
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(new CumulativeSum(!FromEnd), step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("vector", x => x[0].CumulativeSum(), Sample.Of(5)),
        new("rows of a matrix, from the end", x => x[0].CumulativeSum(fromEnd: true), Sample.Of(2, 4)),
        new("after another op", x => x[0].Bump().CumulativeSum(), Sample.Of(2, 3)),
    ];
}

/// <summary>The name by which programs call it.</summary>
public static class CumulativeSumExtensions
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="MyOps.CumulativeSum"/>
        public Variable<T> CumulativeSum(bool fromEnd = false) => Variable<T>.Apply(new CumulativeSum(fromEnd), x);
    }
}
