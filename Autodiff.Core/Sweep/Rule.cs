using System.Numerics;

namespace Autodiff;

/// <summary>What the sweeps know of a tensor step. One object for one op and number type; the step's data are in its node.</summary>
internal abstract unsafe class Rule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public abstract string Name { get; }

    public abstract Saved Saves { get; }

    /// <summary>The plain sweep: adds the cotangents of the operands, given that of the result.</summary>
    public abstract void Pull(Sweep<T> sweep, int node, T* yBar);

    /// <summary>The same rule, recorded.</summary>
    public abstract void Record(RecordedSweep<T> sweep, int node, Variable<T> yBar);

    /// <summary>The attributes of a step, as text.</summary>
    public virtual string Describe(Recording<T> recording, int node) => "";
}

/// <summary>The numbers of the tensor rules, given out as ops are first used; 0 is none.</summary>
internal static class RuleTable<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Lock Gate = new();
    private static int count = 1;

    public static Rule<T>[] Rules { get; private set; } = new Rule<T>[64];

    public static int Add(Rule<T> rule)
    {
        lock (Gate)
        {
            if (count == Rules.Length)
            {
                // a fresh array: another thread may be sweeping over the old one
                var rules = new Rule<T>[2 * count];
                Array.Copy(Rules, rules, count);
                Rules = rules;
            }

            Rules[count] = rule;
            return count++;
        }
    }
}
