using System.Numerics;

namespace Autodiff;

/// <summary>A number that is not differentiated through: y = x with no derivative, where it is known to cancel (the shift of a log-sum-exp).</summary>
internal sealed unsafe class Detached<T> : ScalarRule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static readonly int Number = ScalarTable<T>.Add(new Detached<T>(), &Pull);

    public override string Name => "Detached";

    public override Saved Saves => Saved.Nothing;

    public override int SlotCount => 1;

    public override bool IsFlat => true;

    public override ReadOnlySpan<int> Slots(Recording<T> r, int slot) => new(&r.Codes[slot].A, 1);

    public override void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar)
    {
    }

    public override long Again(Recording<T> r, in Code code) => r.Push(new Code { Op = Number, A = code.A }, r.Values[code.A]);

    public override void MapRow(in RowOf<T> row, T* y, int n)
    {
        for (int i = 0; i < n; i++) y[i] = row.A[row.StrideA * i];
    }

    private static void Pull(Code* codes, T* values, T* adjoints, byte* attributes, int slot)
    {
    }
}
