using System.Numerics;

namespace Autodiff;

/// <summary>
/// The reverse sweep that is recorded: the same rules, read over handles, so that their results are variables of the tape and can be
/// differentiated again. It visits only what lies between the inputs and the output.
/// </summary>
internal sealed class RecordedSweep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Variable<T>[] bars = [];
    private bool[] active = [];

    public RecordedSweep(Recording<T> recording) => Recording = recording;

    public Recording<T> Recording { get; }

    public Variable<T> Variable(int slot) => new(Recording, Recording.Handle(slot));

    public Scalar<T> Scalar(int slot) => new(Recording, Recording.Handle(slot));

    public bool Wants(int slot) => active[slot];

    /// <summary>x̄ += ȳ · p for one operand of an elementwise step; a factor of one or zero records nothing. A zero by formula lets nothing through, one that was chosen lets NaN and ∞ · 0.</summary>
    public void Contribute(int slot, Variable<T> yBar, Variable<T> partial, bool isZero = false)
    {
        if (isZero || (IsNumber(partial, T.Zero) && IsFinite(yBar))) return;
        Accumulate(slot, IsNumber(partial, T.One) ? yBar
            : IsNumber(yBar, T.One) ? partial
            : IsNumber(partial, -T.One) ? -yBar
            : Variable<T>.Apply<Chain>(yBar, partial));
    }

    /// <summary>Adds to the cotangent of a slot, with the sum over broadcast axes; shapes that have to be repeated stay small until they are read.</summary>
    public void Accumulate(int slot, Variable<T> bar)
    {
        if (!active[slot]) return;
        Shape shape = Recording.Shape(slot);
        if (Shape.Broadcast("Accumulate", bar.Shape, shape) != shape) bar = SumTo.Of(bar, shape);
        bars[slot] = IsNone(bars[slot]) ? bar : bars[slot] + bar;
    }

    /// <summary>The cotangents of <paramref name="inputs"/> for ȳ, as variables; those that y does not depend on are zeros.</summary>
    public void Run(int output, Variable<T> cotangent, ReadOnlySpan<int> inputs, Span<Variable<T>> results)
    {
        Mark(output, inputs);
        bars[output] = cotangent;
        int lowest = Recording.Count;
        foreach (int input in inputs) lowest = Math.Min(lowest, input);
        for (int slot = output; slot >= lowest; slot--)
            if (active[slot] && !IsNone(bars[slot])) Pull(slot);
        for (int i = 0; i < inputs.Length; i++)
        {
            bool none = inputs[i] > output || IsNone(bars[inputs[i]]);
            results[i] = Whole(none ? T.Zero : bars[inputs[i]], inputs[i]);
        }
    }

    public static bool IsNone(Variable<T> x) => x.Recording is null && x.Bits == 0;

    /// <summary>
    /// The same for several outputs, through the steps from a slot on: what lies before it, inputs among it, is not pulled.
    /// </summary>
    public void Run(List<(int Slot, Variable<T> Bar)> outputs, int floor, ReadOnlySpan<int> inputs, Span<Variable<T>> results)
    {
        int count = Recording.Count;
        (bars, active) = (new Variable<T>[count], new bool[count]);
        foreach (int input in inputs) active[input] = true;
        for (int slot = floor; slot < count; slot++) active[slot] = DependsOnActive(slot);
        foreach ((int slot, Variable<T> bar) in outputs) Accumulate(slot, bar);
        for (int slot = count - 1; slot >= floor; slot--)
            if (active[slot] && !IsNone(bars[slot])) Pull(slot);
        for (int i = 0; i < inputs.Length; i++) results[i] = bars[inputs[i]];
    }

    private static bool IsNumber(Variable<T> x, T value) => x.IsConstant && Constants.Decode<T>(x.Bits, "Gradient") == value;

    // a number without axes; only those meet a zero that was chosen
    private bool IsFinite(Variable<T> x)
        => T.IsFinite(x.IsConstant ? Constants.Decode<T>(x.Bits, "Gradient") : Recording.ValueOf(x.Bits, "Gradient"));

    private void Pull(int slot)
    {
        Recording<T> r = Recording;
        Code code = r.CodeAt(slot);
        switch (code.Op)
        {
            case Opcode.Leaf or Opcode.Constant:
                break;
            case Opcode.Element:
                Accumulate(code.A, PlaceElement.Of(Whole(bars[slot], slot), code.B, r.Shape(code.A)));
                break;
            case Opcode.Tensor when r.Nodes[code.A].Rule == 0:
                break;
            case Opcode.Tensor:
                if (r.HasConsumed) foreach (int operand in r.Operands(r.Nodes[code.A])) r.RequireValue(operand, "Gradient");
                RuleTable<T>.Rules[r.Nodes[code.A].Rule].Record(this, code.A, Whole(bars[slot], slot));
                break;
            default:
                ScalarTable<T>.Rules[code.Op].Record(this, slot, bars[slot]);
                break;
        }
    }

    // a cotangent of the slot's own shape and on the tape
    private Variable<T> Whole(Variable<T> bar, int slot)
    {
        Shape shape = Recording.Shape(slot);
        bar = new(Recording, Recording.Handle(Recording.Materialise(bar, "Gradient")));
        return bar.Shape == shape ? bar : BroadcastTo.Of(bar, shape);
    }

    // a slot is active if it depends on an input; what lies behind the output does not matter
    private void Mark(int output, ReadOnlySpan<int> inputs)
    {
        int count = output + 1;
        foreach (int input in inputs) count = Math.Max(count, input + 1);
        if (bars.Length < count)
        {
            bars = new Variable<T>[2 * count];
            active = new bool[2 * count];
        }

        Array.Clear(bars, 0, count);
        Array.Clear(active, 0, count);
        foreach (int input in inputs) active[input] = true;
        for (int slot = 0; slot <= output; slot++)
            if (!active[slot]) active[slot] = DependsOnActive(slot);
    }

    private bool DependsOnActive(int slot)
    {
        foreach (int operand in Recording.Operands(slot))
            if (active[operand]) return true;
        return false;
    }
}
