using System.Numerics;

namespace Autodiff;

/// <summary>What the sweeps know of a scalar step: its operands, and how its derivative is recorded. Its plain pull is a function pointer beside it.</summary>
internal abstract unsafe class ScalarRule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public abstract string Name { get; }

    public abstract Saved Saves { get; }

    /// <summary>The slots of the operands; good until the next call.</summary>
    public abstract ReadOnlySpan<int> Slots(Recording<T> r, int slot);

    /// <summary>The same rule over recorded scalars.</summary>
    public abstract void Record(RecordedSweep<T> sweep, int slot, Variable<T> bar);

    /// <summary>How many of A, B, C are slots; −1 where the operands are a list.</summary>
    public virtual int SlotCount => -1;

    /// <summary>Which operand of the formula, 0 or 1, is the constant in the step; −1 if none is.</summary>
    public virtual int ConstantOperand => -1;

    /// <summary>Whether the derivative is zero by declaration.</summary>
    public virtual bool IsFlat => false;

    /// <summary>The step once more, over other slots.</summary>
    public virtual long Again(Recording<T> r, in Code code) => throw Unexpected();

    /// <summary>y = f(a, b, c) along a row of numbers.</summary>
    public virtual void MapRow(in RowOf<T> row, T* y, int n) => throw Unexpected();

    /// <summary>Adds the cotangents of one operand along a row.</summary>
    public virtual void PullRow(int operand, in RowOf<T> row, T* y, T* yBar, T* xBar, int n) => throw Unexpected();

    /// <summary>The sum of the cotangents of one operand that is the same number along the row.</summary>
    public virtual T PullSum(int operand, in RowOf<T> row, T* y, T* yBar, int n) => throw Unexpected();

    private InvalidOperationException Unexpected() => new($"{Name}: the step stands in a row function, where it cannot be.");
}

/// <summary>The numbers of the scalar steps, given out as ops are first used: nobody keeps a list of ops. Only the algebra has fixed ones.</summary>
internal static unsafe class ScalarTable<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Lock Gate = new();
    private static int count = Opcode.FirstFree;

    public static ScalarRule<T>[] Rules { get; private set; } = new ScalarRule<T>[64];

    /// <summary>codes, values, adjoints, attributes, slot: adds the slot's cotangent to those of its operands.</summary>
    public static delegate*<Code*, T*, T*, byte*, int, void>[] Pulls { get; private set; } = new delegate*<Code*, T*, T*, byte*, int, void>[64];

    /// <summary>Enters a rule under a number of its own, or under a fixed one.</summary>
    public static int Add(ScalarRule<T> rule, delegate*<Code*, T*, T*, byte*, int, void> pull, int number = -1)
    {
        lock (Gate)
        {
            if (number < 0) number = count++;
            if (number >= Rules.Length)
            {
                // fresh arrays: another thread may be sweeping over the old ones
                var rules = new ScalarRule<T>[2 * number];
                var pulls = new delegate*<Code*, T*, T*, byte*, int, void>[2 * number];
                Array.Copy(Rules, rules, number);
                for (int i = 0; i < number; i++) pulls[i] = Pulls[i];
                (Rules, Pulls) = (rules, pulls);
            }

            Rules[number] = rule;
            Pulls[number] = pull;
            return number;
        }
    }
}
