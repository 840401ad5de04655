using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>
/// The logarithms of the sums of all ways into each state of a lattice, y[t, s] = ln Σⱼ exp(y + x)[t − 1, s − j], j = 0, 1, 2, a way beginning in state 0 or 1: the forward pass of
/// <see cref="CtcLoss"/>.
/// </summary>
/// <remarks>
/// Shapes: x [steps, batch, states], a mask [batch, states] that is added to the move by two → x's. With w[j, t, s] = exp((y + x)[t − 1, s − j] − y[t, s]), the share of a move, and
/// q the transposed <see cref="AlignmentRecurrence"/> of ȳ: x̄ = q − ȳ. A state that no way leads to has −∞ and gets and gives nothing.
/// </remarks>
internal readonly record struct AlignmentSums : IOperation<AlignmentSums>
{
    public static Saved Saves => Saved.A | Saved.B | Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        AlignmentScans.LogSums(step[0], step[1], step.Output, shape[0], shape[1] * shape[2], shape[2]);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> y = step.Output, whole = y + step[0];
        Variable<T> skip = Share(AlignmentRecurrence.Moved(whole, 2, double.NegativeInfinity) + step[1]);
        Variable<T> weights = Variable.Stack([Share(AlignmentRecurrence.Moved(whole, 0, double.NegativeInfinity)), Share(AlignmentRecurrence.Moved(whole, 1, double.NegativeInfinity)), skip], 0);
        Variable<T> q = Variable<T>.Apply(new AlignmentRecurrence(true), step.Cotangent, weights);
        step.Accumulate(0, q - step.Cotangent);
        if (step.Wants(1)) step.Accumulate(1, Variable<T>.Apply<Chain>(q, skip));

        Variable<T> Share(Variable<T> from) => Variable<T>.IfEqual(from, T.NegativeInfinity, T.Zero, (from - y).Exp());
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        // the states that no way leads to are left out: −∞ has no difference
        new("where all is reached", x => Variable<T>.Apply(default(AlignmentSums), x[0], x[1]).Slice(0, 1, 3).Slice(2, 0, 3), Sample.Of(4, 2, 4), Sample.Of(2, 4)),
    ];
}
