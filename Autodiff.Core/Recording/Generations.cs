using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Which handles are still good. Every <c>Rewind</c> begins a generation and remembers how many steps it left; a handle of an older
/// generation is good when its slot is below what every rewind since then left. Only the lowest of those matter, so the list is
/// a stack of rising marks: one entry in the usual loop.
/// </summary>
internal struct Generations
{
    private (int Generation, int Kept, bool OfRow)[] rewinds;
    private int count;

    /// <summary>The generation that new handles carry.</summary>
    public int Current { get; private set; }

    /// <summary>Handles from this generation on whose slots are below <see cref="SafeSlots"/> are good, whatever was rewound since.</summary>
    public int SafeGeneration { get; private set; }

    /// <inheritdoc cref="SafeGeneration"/>
    public int SafeSlots { get; private set; }

    /// <summary>Everything from <paramref name="kept"/> on is gone.</summary>
    public void Rewound(int kept, bool ofRow)
    {
        rewinds ??= new (int, int, bool)[4];
        Current++;
        while (count > 0 && rewinds[count - 1].Kept >= kept) count--;
        if (count == rewinds.Length) Array.Resize(ref rewinds, 2 * count);
        rewinds[count++] = (Current, kept, ofRow);

        // the marks rise: what the lowest of those since the last reset left, all left
        bool wasReset = rewinds[0].Kept == 0;
        SafeGeneration = wasReset ? rewinds[0].Generation : 0;
        SafeSlots = !wasReset ? rewinds[0].Kept : count > 1 ? rewinds[1].Kept : int.MaxValue;
    }

    /// <summary>Whether a handle of an older generation still means its step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly bool IsAlive(int slot, int generation)
    {
        if (generation == Current) return true;
        int i = FirstAfter(generation);
        return i < count && slot < rewinds[i].Kept;
    }

    /// <summary>Whether the handle's step went with a row function, and not with a rewind or reset.</summary>
    public readonly bool WentWithRow(int slot, int generation)
    {
        int i = FirstAfter(generation);
        return i < count && slot >= rewinds[i].Kept && rewinds[i].OfRow;
    }

    // the first rewind since, which left the fewest steps: generations and marks rise along the list
    private readonly int FirstAfter(int generation)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rewinds[middle].Generation > generation) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
