using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The share of each term in its sum of exponentials: wᵢ = exp(xᵢ) / Σⱼ exp(xⱼ).</summary>
/// <remarks>
/// Shapes: x's. x̄ = w·(w̄ − Σ w̄·w). It differs from <see cref="Softmax"/> in the infinities that <see cref="LogSumExp"/> has answers for. Dividing by the sum, and
/// not taking exp(x − y), keeps the digits where y is large: its rounding would be a factor.
/// </remarks>
internal readonly record struct LogSumExpShares(int Axis) : IOperation<LogSumExpShares>
{
    public static Saved Saves => Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        LogSums.Shares(step[0], step.Output, outer, n, inner);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> bar = Variable<T>.Apply<Chain>(step.Cotangent, step.Output);
        step.Accumulate(0, bar - (step.Output * bar.Sum(Axis, keepDims: true)));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => Variable<T>.Apply(new LogSumExpShares(1), x[0]), Sample.Of(2, 3)),
        new("outer axis", x => Variable<T>.Apply(new LogSumExpShares(0), x[0]), Sample.Of(3, 2)),
    ];
}
