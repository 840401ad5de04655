using System.Numerics;

namespace Autodiff;

/// <summary>
/// A row function while it is being recorded: which steps depend on the row, and which comparisons it made of them. The first slots from
/// <see cref="Base"/> on are the row's numbers.
/// </summary>
internal sealed class RowRecorder<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording<T> recording;
    private readonly List<RowGuard<T>> guards = [];
    private bool[] varies = new bool[256];
    private int scanned;

    public RowRecorder(Recording<T> recording) => this.recording = recording;

    /// <summary>The name of what is being recorded, for messages.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The slot of the row's first number.</summary>
    public int Base { get; private set; }

    /// <summary>The numbers of a row.</summary>
    public int Columns { get; private set; }

    public ReadOnlySpan<RowGuard<T>> Guards => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(guards);

    public void Begin(string name, int columns)
    {
        (Name, Base, Columns, scanned) = (name, recording.Count, columns, 0);
        guards.Clear();
    }

    /// <summary>Whether a step depends on the row.</summary>
    public bool Varies(int slot)
    {
        if (slot < Base) return false;
        if (varies.Length < recording.Count - Base) Array.Resize(ref varies, 2 * (recording.Count - Base));
        for (; scanned < recording.Count - Base; scanned++) varies[scanned] = scanned < Columns || DependsOnRow(Base + scanned);
        return varies[slot - Base];
    }

    /// <summary>The outcome of a comparison; where it depends on the row it becomes a guard.</summary>
    public bool Compare(Comparison comparison, Scalar<T> a, Scalar<T> b)
    {
        RowOperand<T> x = Operand(a), y = Operand(b);
        recording.Seal();   // a product that was compared is not taken up by a sum afterwards: the guard is about the product
        bool outcome = RowGuard<T>.Holds(comparison, x.Number, y.Number);
        if (Varies(x.Slot) || Varies(y.Slot)) guards.Add(new(comparison, x, y, outcome));
        return outcome;
    }

    /// <summary>Refuses to hand out a number that differs from row to row.</summary>
    public void RequireUniform(long bits, string op)
    {
        recording.Seal();   // nor one of which it is known by now that it does not depend on the row
        if (Varies(recording.Step(bits, op)))
            throw new InvalidOperationException($"{op}: the number differs from row to row, and a row function of {Name} is recorded once; needs comparisons, Maximum, Minimum or Where of the scalars themselves.");
    }

    /// <summary>A scalar as an operand; its number is that of the row at hand.</summary>
    public RowOperand<T> Operand(Scalar<T> x)
    {
        if (x.Recording is null) return new(-1, x.Value);
        if (x.Recording != recording) throw new InvalidOperationException($"{Name}: an operand is of another tape; needs one of this tape.");
        int slot = recording.Slot(x.Bits, Name);
        return new(slot, recording.ScalarAt(slot));
    }

    private unsafe bool DependsOnRow(int slot)
    {
        ref Code code = ref recording.Codes[slot];
        int count = Recording<T>.SlotCount(code.Op);
        return (count > 0 && IsVarying(code.A)) || (count > 1 && IsVarying(code.B)) || (count > 2 && IsVarying(code.C));
    }

    private bool IsVarying(int slot) => slot >= Base && varies[slot - Base];
}
