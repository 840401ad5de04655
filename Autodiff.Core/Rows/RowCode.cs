using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Instructions for lanes: the first cells are the row's columns; shared numbers are the values of uniform slots of the tape, then constants.
/// </summary>
internal sealed unsafe class RowCode<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] outputs;

    /// <summary>Keeps instructions and places of results where threads can read them by address.</summary>
    /// <param name="instructions">Forward in this order, in reverse in the opposite one.</param>
    /// <param name="cells">The number of cells.</param>
    /// <param name="uniforms">The slots whose values the first shared numbers are.</param>
    /// <param name="isActive">Which of them have a derivative.</param>
    /// <param name="constants">The shared numbers after those.</param>
    /// <param name="results">The cells of the results.</param>
    public RowCode(ReadOnlySpan<RowInstruction> instructions, int cells, int[] uniforms, bool[] isActive, T[] constants, ReadOnlySpan<int> results)
    {
        Instructions = GC.AllocateUninitializedArray<RowInstruction>(instructions.Length, pinned: true);
        outputs = GC.AllocateUninitializedArray<int>(results.Length, pinned: true);
        instructions.CopyTo(Instructions);
        results.CopyTo(outputs);
        (Cells, Uniforms, IsActive, Constants) = (cells, uniforms, isActive, constants);
    }

    public RowInstruction[] Instructions { get; }

    public RowInstruction* Start => Instructions.Length == 0 ? null : (RowInstruction*)Unsafe.AsPointer(ref Instructions[0]);

    public int Cells { get; }

    public int[] Uniforms { get; }

    public bool[] IsActive { get; }

    public T[] Constants { get; }

    public ReadOnlySpan<int> Outputs => outputs;

    public int* OutputStart => (int*)Unsafe.AsPointer(ref outputs[0]);

    /// <summary>How many numbers all lanes share.</summary>
    public int Shared => Uniforms.Length + Constants.Length;

    /// <summary>The same with its uniform numbers in other slots.</summary>
    public RowCode<T> Over(int[] uniforms) => new(Instructions, Cells, uniforms, IsActive, Constants, outputs);
}
