using System.Numerics;

namespace Autodiff;

/// <summary>A layer that joins everything with everything: y = x·Wᵀ + b.</summary>
/// <remarks>
/// Shapes: x [..., in], W [out, in], b [out] → [..., out]: PyTorch's orientation, as its <c>nn.Linear</c> stores the weight. x̄ = ȳ·W, W̄ = ȳᵀ·x, b̄ = the sum of ȳ over all but the
/// last axis. All leading axes are rows of one matrix product, which reads W as it lies: nothing is transposed in memory. in = 0 gives the bias.
/// </remarks>
public readonly struct Linear : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].Linear(x[1], x[2]), Sample.Of(3, 2), Sample.Of(4, 2), Sample.Of(4)),
        new("a vector, without bias", x => x[0].Linear(x[1]), Sample.Of(3), Sample.Of(2, 3)),
        new("leading axes", x => x[0].Linear(x[1], x[2]), Sample.Of(2, 3, 2), Sample.Of(4, 2), Sample.Of(4)),
    ];

    internal static void Check<T>(string op, in Shape sx, in Shape sw, Variable<T>? bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (sx.Rank == 0 || sw.Rank != 2 || sx[-1] != sw[1]) throw new ShapeException($"{op}: x is {sx}, the weight {sw}; needs x: [..., in], weight: [out, in].");
        if (bias is { } given && given.Shape != [sw[0]]) throw new ShapeException($"{op}: the weight is {sw}, the bias {given.Shape}; needs bias: [{sw[0]}].");
    }

    /// <summary>x·Wᵀ + b under the name of the operation that needs it; the bias may be left out.</summary>
    internal static Variable<T> Of<T>(string op, Variable<T> x, Variable<T> weight, Variable<T>? bias) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sx = x.Shape, sw = weight.Shape;
        Check(op, sx, sw, bias);
        int rows = 1;
        foreach (int length in sx.Lengths[..^1]) rows *= length;
        Variable<T> y = MatMul.Of(sx.Rank == 2 ? x : x.Reshape([rows, sx[-1]]), weight, false, true);
        if (bias is { } b) y += b;
        return sx.Rank == 2 ? y : y.Reshape(sx.With(sx.Rank - 1, sw[0]));
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Linear"/>
        /// <param name="weight">W, [out, in].</param>
        /// <exception cref="ShapeException">The last axis of x is not the weight's.</exception>
        public Variable<T> Linear(Variable<T> weight) => Autodiff.Linear.Of("Linear", x, weight, null);

        /// <inheritdoc cref="Autodiff.Linear"/>
        /// <param name="weight">W, [out, in].</param>
        /// <param name="bias">b, [out].</param>
        /// <exception cref="ShapeException">The last axis of x is not the weight's, or the bias is not [out].</exception>
        public Variable<T> Linear(Variable<T> weight, Variable<T> bias) => Autodiff.Linear.Of("Linear", x, weight, bias);
    }
}
