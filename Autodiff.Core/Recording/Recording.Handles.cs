using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// From handles to slots. A handle is 8 bytes: the generation above, below it the slot in 31 bits and, in the sign bit, whether the
/// step is a product that the next sum may take up (<see cref="Recording{T}.Add"/>).
/// </summary>
internal sealed unsafe partial class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const long Pending = 0x8000_0000;

    // products that were taken up by a sum and then used once more
    private readonly Products products = new();

    // the generation of new handles, in its place
    private long current;

    // handles of before the rewinds since the last reset: their generation, in its place, and the slots up to which they are surely good
    private long settled;
    private ulong settledSlots;

    // steps below are not changed any more: a mark or a sweep stands behind them
    private int floor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Handle(int slot) => current | (uint)slot;

    /// <summary>The slot of a handle, if its step is still there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Slot(long bits, string op) => IsGood(bits) ? (int)bits : Find(bits, op);

    /// <summary>The step of a handle, if it is still there: the slot, but of a product that was taken up by a sum the sum's.</summary>
    public int Step(long bits, string op) => Checked(bits, op);

    /// <summary>A product taken up by a sum is not the value of its own step any more.</summary>
    public T ValueOf(long bits, string op)
    {
        Row?.RequireUniform(bits, op);
        if (IsGood(bits)) return Values[(int)bits];
        int slot = Checked(bits, op);
        Code code = Codes[slot];
        return IsPending(bits) && IsTakenUp(slot) ? Values[code.A] * Values[code.B] : Values[slot];
    }

    /// <summary>
    /// Where the adjoint of a scalar is: its slot, the sign, and for a product that was taken up by a sum and recorded once more a second slot, else −1.
    /// </summary>
    public (int Slot, bool Negated, int Again) AdjointOf(long bits, string op)
    {
        int slot = Checked(bits, op);
        return IsPending(bits) && IsTakenUp(slot) ? (slot, Codes[slot].Op == Opcode.MultiplySubtract, products.Find(slot)) : (slot, false, -1);
    }

    /// <summary>What is recorded so far stays as it is: products in it are not taken up by later sums.</summary>
    public void Seal() => floor = Count;

    [DoesNotReturn]
    public void ThrowStale(string op) => throw (IsDisposed
        ? new ObjectDisposedException(nameof(Tape<T>), $"{op}: the tape was disposed.")
        : new InvalidOperationException($"{op}: an operand was recorded before the tape was reset or rewound; needs operands recorded since."));

    // everything from a slot on is gone
    private void BeginGeneration(int kept, bool ofRow = false)
    {
        Generations.Rewound(kept, ofRow);
        current = (long)Generations.Current << 32;
        settled = (long)Generations.SafeGeneration << 32;
        settledSlots = HasConsumed ? 0 : (ulong)Generations.SafeSlots;
        floor = kept;
    }

    private static bool IsPending(long bits) => (bits & Pending) != 0;

    private bool IsTakenUp(int slot) => Codes[slot].Op is Opcode.MultiplyAdd or Opcode.MultiplySubtract;

    // of a handle that is of an older generation or pending
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Find(long bits, string op)
    {
        int slot = Checked(bits, op);
        return IsPending(bits) && IsTakenUp(slot) ? Again(slot) : slot;
    }

    private int Checked(long bits, string op)
    {
        int slot = (int)bits & int.MaxValue, generation = (int)(bits >> 32);
        if (generation != Generations.Current && (generation < Generations.SafeGeneration || slot >= Generations.SafeSlots || HasConsumed))
        {
            if (!Generations.IsAlive(slot, generation))
            {
                if (Generations.WentWithRow(slot, generation))
                    throw new InvalidOperationException($"{op}: an operand was recorded inside a row function, whose steps are gone after it; needs the result of SumRows or MapRows, or scalars from outside.");
                ThrowStale(op);
            }

            if (HasConsumed) RequireValue(slot, op);
        }

        return slot;
    }

    // the product once more, as a step of its own
    private int Again(int slot)
    {
        int again = products.Find(slot);
        bool isHidden = again >= 0 && Checkpoints.Hides(again);
        if (again >= 0 && !isHidden) return again;
        Code code = Codes[slot];
        again = Count;
        Push(new Code { Op = Opcode.Multiply, A = code.A, B = code.B }, Values[code.A] * Values[code.B]);
        if (!isHidden) products.Add(slot, again);
        return again;
    }
}
