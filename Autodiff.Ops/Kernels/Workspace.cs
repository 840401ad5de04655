namespace Autodiff.Kernels;

/// <summary>
/// A thread's own memory for factorisations, one block for each use, beside what matrix products copy (<see cref="Scratch{T}"/>): a thread allocates only
/// when a block is larger than all before.
/// </summary>
internal static class Workspace<T> where T : unmanaged
{
    private const int Uses = 4;

    [ThreadStatic] private static T[]?[]? blocks;

    /// <summary>The factors of a matrix.</summary>
    public static Span<T> Factors(int count) => Room(0, count);

    /// <summary>A strip of the matrix that is factored.</summary>
    public static Span<T> Strip(int count) => Room(1, count);

    /// <summary>The product that is taken from a strip.</summary>
    public static Span<T> Product(int count) => Room(2, count);

    /// <summary>A block of a triangle, negated.</summary>
    public static Span<T> Block(int count) => Room(3, count);

    // until the thread asks for the same use again; the contents are arbitrary
    private static Span<T> Room(int use, int count)
    {
        T[]?[] kept = blocks ??= new T[Uses][];
        if (kept[use] is not { } block || block.Length < count)
            kept[use] = block = GC.AllocateUninitializedArray<T>((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 16)));
        return block.AsSpan(0, count);
    }
}
