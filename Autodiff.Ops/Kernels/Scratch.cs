using System.Diagnostics.CodeAnalysis;

namespace Autodiff.Kernels;

/// <summary>
/// A thread's own memory for the blocks that a matrix product copies. A thread allocates only when a block is larger than all before; from ArrayPool it
/// could be at any time, because there the second of two arrays of a size is shared with other threads.
/// </summary>
internal static class Scratch<T> where T : unmanaged
{
    [ThreadStatic] private static T[]? ofA;
    [ThreadStatic] private static T[]? ofB;

    /// <summary>Room for a block of A, until the thread asks again; its contents are arbitrary.</summary>
    public static T[] A(int count) => ofA is { } kept && kept.Length >= count ? kept : Larger(out ofA, count);

    /// <summary>Room for a block of B, until the thread asks again; its contents are arbitrary.</summary>
    public static T[] B(int count) => ofB is { } kept && kept.Length >= count ? kept : Larger(out ofB, count);

    private static T[] Larger([NotNull] out T[]? block, int count)
        => block = GC.AllocateUninitializedArray<T>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count));
}
