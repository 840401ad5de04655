using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Softmax of scaled scores along the last axis, where wanted of those up to the row's own place only: y = softmax(scale·x + mask).</summary>
/// <remarks>
/// Shapes: [..., m, n] → x's. x̄ = scale·y·(ȳ − Σ ȳ·y). With the causal mask row i reads the first i + 1 elements; the others give and get exactly 0.
/// Infinities and NaN among those that are read do as in <see cref="Softmax"/>.
/// </remarks>
/// <param name="Scale">The factor of the scores.</param>
/// <param name="Causal">Whether a row reads only up to its own place.</param>
internal readonly record struct AttentionWeights(double Scale, bool Causal) : IOperation<AttentionWeights>
{
    public static Saved Saves => Saved.Output;

    public static Variable<T> Of<T>(Variable<T> x, double scale, bool causal) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new AttentionWeights(scale, causal), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        fixed (T* x = step[0], y = step.Output)
            if (n > 0) SharedRows.Run(new SoftmaxRows<T> { X = x, Y = y, N = n, Scale = T.CreateTruncating(Scale), Factor = T.One, Period = Causal ? step.OutputShape[-2] : 0 }, step.Output.Length / n, n);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, new SoftmaxPull(step.Shape(0).Rank - 1, Scale), step.Output, step.Cotangent);

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("scaled", x => Of(x[0], 0.5, false), Sample.Of(2, 3, 4)),
        new("causal", x => Of(x[0], 0.7, true), Sample.Of(2, 3, 4)),
        new("causal, more rows than columns", x => Of(x[0], 1, true), Sample.Of(5, 3)),
    ];
}
