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

    /// <summary>How many of each step's numbers (operation, A, B, C) say something: what stands in the others is left over from earlier recordings.</summary>
    public required byte[] Fields { get; init; }

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

    /// <summary>The last call that met it.</summary>
    public int LastCall { get; set; }

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
        {
            Code old = Codes[i], now = r.Codes[Base + i];
            int fields = Fields[i];
            if (old.Op != now.Op || (fields > 1 && old.A != now.A) || (fields > 2 && old.B != now.B) || (fields > 3 && old.C != now.C)) return false;
        }

        for (int u = 0; u < Main.Uniforms.Length; u++)
            if (Derivatives != RowDerivatives.Row && Main.Uniforms[u] < Base && r.Wanted(Main.Uniforms[u]) != Main.IsActive[u]) return false;
        return true;
    }

    private static bool IsSame(RowOperand<T> a, RowOperand<T> b) => a.Slot == b.Slot && (a.Slot >= 0 || Constants.Encode(a.Number) == Constants.Encode(b.Number));

    /// <summary>The numbers of a step that say something.</summary>
    public static byte FieldsOf(int op)
        => op is Opcode.Leaf or Opcode.Constant ? (byte)1 : op == Opcode.Element ? (byte)3 : Recording<T>.HasConstant(op) ? (byte)4 : (byte)(1 + Recording<T>.SlotCount(op));
}
