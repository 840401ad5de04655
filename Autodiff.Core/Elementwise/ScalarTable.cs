using System.Numerics;

namespace Autodiff;

/// <summary>What the sweeps know of a scalar step: how it is recorded once more. Its plain pull is a function pointer beside it.</summary>
internal abstract class ScalarRule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public abstract string Name { get; }

    /// <summary>Which of A, B, C hold slots.</summary>
    public abstract int Operands { get; }

    public abstract Saved Saves { get; }

    /// <summary>The same rule over recorded scalars.</summary>
    public abstract void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar);
}

/// <summary>The numbers of the scalar steps, given out as ops are first used: nobody keeps a list of ops.</summary>
internal static unsafe class ScalarTable<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Lock Gate = new();
    private static int count = Opcode.FirstRule;

    public static ScalarRule<T>[] Rules { get; private set; } = new ScalarRule<T>[64];

    /// <summary>codes, values, adjoints, slot: adds the slot's cotangent to those of its operands.</summary>
    public static delegate*<Code*, T*, T*, int, void>[] Pulls { get; private set; } = new delegate*<Code*, T*, T*, int, void>[64];

    public static int Add(ScalarRule<T> rule, delegate*<Code*, T*, T*, int, void> pull)
    {
        lock (Gate)
        {
            if (count == Rules.Length)
            {
                // fresh arrays: another thread may be sweeping over the old ones
                var rules = new ScalarRule<T>[2 * count];
                var pulls = new delegate*<Code*, T*, T*, int, void>[2 * count];
                Array.Copy(Rules, rules, count);
                for (int i = 0; i < count; i++) pulls[i] = Pulls[i];
                (Rules, Pulls) = (rules, pulls);
            }

            Rules[count] = rule;
            Pulls[count] = pull;
            return count++;
        }
    }
}
