using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The share of each term in its sum of exponentials: w = exp(x − y), y being the logarithm of the sum.</summary>
/// <remarks>
/// Shapes: x [outer, n, inner], y [outer, 1, inner] → [outer, n, inner]. x̄ = w̄ · w, ȳ = −Σ w̄ · w. An elementwise exp(x − y) would give NaN for the
/// infinities that <see cref="LogSumExp"/> has answers for.
/// </remarks>
internal readonly record struct LogSumExpShares(int Axis) : IOperation<LogSumExpShares>
{
    public static Saved Saves => Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        LogSums.Shares(step[0], step[1], step.Output, outer, n, inner);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> bar = Variable<T>.Apply<Chain>(step.Cotangent, step.Output);
        if (step.Wants(1)) step.Accumulate(1, -bar);
        step.Accumulate(0, bar);
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => Variable<T>.Apply(new LogSumExpShares(1), x[0], x[1]), Sample.Of(2, 3), Sample.Of(2, 1)),
        new("outer axis", x => Variable<T>.Apply(new LogSumExpShares(0), x[0], x[1]), Sample.Of(3, 2), Sample.Of(1, 2)),
    ];
}
