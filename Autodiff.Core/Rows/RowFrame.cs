using System.Numerics;

namespace Autodiff;

/// <summary>The memory of one block of rows: cells of <see cref="Lanes"/> numbers, their adjoints, the shared numbers and their adjoints.</summary>
internal unsafe struct RowFrame<T> where T : unmanaged
{
    /// <summary>The least rows of a block (16 in double, 32 in float): two of the widest vectors.</summary>
    public static int LeastLanes => 128 / sizeof(T);

    public T* Cells, CellBars, Shared, SharedBars;

    /// <summary>The rows of a block: a power of two times the least.</summary>
    public int Lanes;
}

/// <summary>Whether a cotangent of zero is asked for in every lane, so that it contributes zero beside ∞ and NaN, too.</summary>
internal interface IMasking
{
    static abstract bool IsOn { get; }
}

internal readonly struct Unmasked : IMasking
{
    public static bool IsOn => false;
}

internal readonly struct Masked : IMasking
{
    public static bool IsOn => true;
}

/// <summary>How the algebra reads an operand: a cell, or a number that all lanes share.</summary>
internal unsafe interface IRowOperand
{
    static abstract bool IsCell { get; }

    static abstract L Load<L, T>(T* operand, int lane) where L : struct, IVectorLane<L, T> where T : unmanaged, IFloatingPointIeee754<T>;
}

internal readonly unsafe struct CellOperand : IRowOperand
{
    public static bool IsCell => true;

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public static L Load<L, T>(T* operand, int lane) where L : struct, IVectorLane<L, T> where T : unmanaged, IFloatingPointIeee754<T> => L.Load(operand + lane);
}

internal readonly unsafe struct SharedOperand : IRowOperand
{
    public static bool IsCell => false;

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    public static L Load<L, T>(T* operand, int lane) where L : struct, IVectorLane<L, T> where T : unmanaged, IFloatingPointIeee754<T> => L.Broadcast(*operand);
}
