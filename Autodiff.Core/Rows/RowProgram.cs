using System.Numerics;

namespace Autodiff;

/// <summary>By what a row function is differentiated.</summary>
internal enum RowDerivatives
{
    /// <summary>By the scalars of the tape that it uses.</summary>
    Tape,

    /// <summary>By the row's own numbers.</summary>
    Row,

    /// <summary>By both.</summary>
    Both,
}

/// <summary>
/// One path through a row function: what was recorded, compiled for lanes. It is valid for every row whose comparisons come out alike.
/// </summary>
internal sealed class RowProgram<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The slot of the row's first number, when it was recorded.</summary>
    public required int Base { get; init; }

    /// <summary>The numbers of a row.</summary>
    public required int Columns { get; init; }

    /// <summary>What is differentiated by.</summary>
    public required RowDerivatives Derivatives { get; init; }

    /// <summary>The steps from <see cref="Base"/> on.</summary>
    public required Code[] Codes { get; init; }

    /// <summary>The results, in slots of the recording.</summary>
    public required RowOperand<T>[] Results { get; init; }

    public required RowGuard<T>[] Guards { get; init; }

    /// <summary>The steps that do not depend on the row and are needed: by their place from <see cref="Base"/> on. They stay on the tape, one after the other.</summary>
    public required int[] Kept { get; init; }

    /// <summary>The steps that depend on the row and that the results need, by their place.</summary>
    public required int[] Steps { get; init; }

    /// <summary>The results and their derivatives.</summary>
    public required RowCode<T> Main { get; init; }

    /// <summary>The operands of the guards, two outputs each; null without guards.</summary>
    public required RowCode<T>? Test { get; init; }

    /// <summary>Whether a new recording is this one again.</summary>
    public unsafe bool Matches(Recording<T> r, RowRecorder<T> recorder, ReadOnlySpan<RowOperand<T>> results, RowDerivatives derivatives)
    {
        int count = r.Count - recorder.Base;
        if (Base != recorder.Base || Columns != recorder.Columns || Derivatives != derivatives || Codes.Length != count || Results.Length != results.Length || Guards.Length != recorder.Guards.Length) return false;
        for (int i = 0; i < results.Length; i++)
            if (!IsSame(Results[i], results[i])) return false;
        for (int i = 0; i < Guards.Length; i++)
        {
            RowGuard<T> old = Guards[i], now = recorder.Guards[i];
            if (old.Comparison != now.Comparison || old.Outcome != now.Outcome || !IsSame(old.A, now.A) || !IsSame(old.B, now.B)) return false;
        }

        for (int i = 0; i < count; i++)
            if (!IsSame(r, Codes[i], r.Codes[Base + i])) return false;
        for (int u = 0; u < Main.Uniforms.Length; u++)
            if (Derivatives != RowDerivatives.Row && Main.Uniforms[u] < Base && r.Wanted(Main.Uniforms[u]) != Main.IsActive[u]) return false;
        return true;
    }

    private static bool IsSame(RowOperand<T> a, RowOperand<T> b) => a.Slot == b.Slot && (a.Slot >= 0 || a.Number.Equals(b.Number));

    // what stands in the places of operands that a step does not have is left over from earlier recordings
    private static bool IsSame(Recording<T> r, in Code a, in Code b)
    {
        if (a.Op != b.Op) return false;
        if (a.Op is Opcode.Leaf or Opcode.Constant) return true;
        if (a.A != b.A) return false;
        return Recording<T>.HasConstant(a.Op) || a.Op == Opcode.Element ? a.B == b.B && (a.C == b.C || a.Op == Opcode.Element) : Recording<T>.SlotCount(a.Op) switch
        {
            1 => true,
            2 => a.B == b.B,
            _ => a.B == b.B && a.C == b.C,
        };
    }
}
