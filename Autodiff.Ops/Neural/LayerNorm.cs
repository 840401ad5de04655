using System.Globalization;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Layer normalisation over the last axis: y = gain·(x − μ) / √(σ² + ε) + bias, μ and σ² being a row's mean and (population) variance.</summary>
/// <remarks>
/// Shapes: x [..., n], gain and bias [n] → x's. With y' the rows brought to mean 0 and variance 1: x̄ is ȳ·gain pulled back by <see cref="StandardisePull"/>,
/// the gain's gradient the sum of ȳ·y' over the rows, the bias's that of ȳ. A row of equal elements gives the bias, with finite gradients as long as ε &gt; 0.
/// </remarks>
/// <param name="Epsilon">ε, added to the variance.</param>
public readonly record struct LayerNorm(double Epsilon) : IOperation<LayerNorm>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        fixed (T* x = step[0], gain = step[1], bias = step[2], y = step.Output)
            if (n > 0) SharedRows.Run(new NormalisedRows<T> { X = x, Y = y, Gain = gain, Bias = bias, N = n, Epsilon = T.CreateTruncating(Epsilon) }, step.Output.Length / n, n);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> x = step[0], yBar = step.Cotangent;
        if (step.Wants(0)) step.Accumulate(0, new StandardisePull(Epsilon), x, yBar * step[1]);
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply<Chain>(yBar, Standardise.Of(x, Epsilon)));
        step.Accumulate(2, yBar);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].LayerNorm(x[1], x[2]), Sample.Of(3, 6), Sample.Of(6), Sample.Of(6)),
        new("a vector, a large epsilon", x => x[0].LayerNorm(x[1], x[2], epsilon: 0.5), Sample.Of(4), Sample.Of(4), Sample.Of(4)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LayerNorm"/>
        /// <param name="gain">[n].</param>
        /// <param name="bias">[n].</param>
        /// <param name="epsilon">ε, added to the variance.</param>
        /// <exception cref="ShapeException">x has no axis, or gain or bias are not [n].</exception>
        /// <exception cref="ArgumentOutOfRangeException">ε is negative, infinite or NaN.</exception>
        public Variable<T> LayerNorm(Variable<T> gain, Variable<T> bias, double epsilon = 1e-5)
        {
            Shape shape = x.Shape;
            int n = shape.Rank == 0 ? 0 : shape[-1];
            if (shape.Rank == 0 || gain.Shape != [n] || bias.Shape != [n])
                throw new ShapeException($"LayerNorm: x is {shape}, the gain {gain.Shape}, the bias {bias.Shape}; needs x: [..., n], gain and bias: [n].");
            if (!(epsilon >= 0) || double.IsInfinity(epsilon))
                throw new ArgumentOutOfRangeException(nameof(epsilon), string.Create(CultureInfo.InvariantCulture, $"LayerNorm: epsilon is {epsilon}; needs a finite number, 0 or more."));
            return Variable<T>.Apply(new LayerNorm(epsilon), x, gain, bias);
        }
    }
}
