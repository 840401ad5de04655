using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>A linear recurrence on a lattice: h[t, s] = x[t, s] + Σⱼ w[j, t, s]·h[t − 1, s − j], j = 0, 1, 2; or its transpose, from the end.</summary>
/// <remarks>
/// Shapes: x [steps, batch, states], w [3, steps, batch, states] → x's. x̄ is the transposed recurrence of h̄, w̄[j, t, s] the product of what arrives at t, s and what
/// comes from t − 1, s − j. It is what the derivative of <see cref="AlignmentSums"/> consists of.
/// </remarks>
/// <param name="Transposed">Whether it runs from the end.</param>
internal readonly record struct AlignmentRecurrence(bool Transposed) : IOperation<AlignmentRecurrence>
{
    public static Saved Saves => Saved.B | Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        if (Transposed) AlignmentScans.Back(step[0], step[1], step.Output, shape[0], shape[1] * shape[2], shape[2]);
        else AlignmentScans.Forth(step[0], step[1], step.Output, shape[0], shape[1] * shape[2], shape[2]);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> xBar = Variable<T>.Apply(new AlignmentRecurrence(!Transposed), step.Cotangent, step[1]);
        step.Accumulate(0, xBar);
        if (!step.Wants(1)) return;
        Variable<T> to = Transposed ? step.Output : xBar, from = Transposed ? xBar : step.Output;
        step.Accumulate(1, Variable.Stack([Product(0), Product(1), Product(2)], 0));

        Variable<T> Product(int move) => Variable<T>.Apply<Chain>(to, Moved(from, move, 0));
    }

    /// <summary>What a move leads to: y[t, b, s] = x[t − 1, b, s − move], and a constant where nothing comes from.</summary>
    public static Variable<T> Moved<T>(Variable<T> x, int move, double fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> later = Variable<T>.Apply(new Shift(0, 1, fill), x);
        return move == 0 ? later : Variable<T>.Apply(new Shift(2, move, fill), later);
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("forth", x => Variable<T>.Apply(new AlignmentRecurrence(false), x[0], x[1]), Sample.Of(3, 1, 3), Sample.Of(3, 3, 1, 3)),
        new("back", x => Variable<T>.Apply(new AlignmentRecurrence(true), x[0], x[1]), Sample.Of(2, 2, 3), Sample.Of(3, 2, 2, 3)),
    ];
}
