using System.Numerics;

namespace Autodiff;

/// <summary>Which parameters a recording has, and in which slots: one parameter is one leaf.</summary>
internal sealed class Leaves<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Dictionary<Parameter<T>, int> slots = [];
    private readonly List<Parameter<T>> order = [];

    public int Count => order.Count;

    /// <summary>The parameters, in the order in which the tape was asked for them.</summary>
    public Parameter<T> this[int index] => order[index];

    /// <summary>The parameter's slot, or −1.</summary>
    public int Find(Parameter<T> parameter) => slots.TryGetValue(parameter, out int slot) ? slot : -1;

    public void Add(Parameter<T> parameter, int slot)
    {
        slots.Add(parameter, slot);
        order.Add(parameter);
    }

    /// <summary>The parameters from the n-th on.</summary>
    public void CopyTo(int first, Parameter<T>[] parameters) => order.CopyTo(first, parameters, 0, order.Count - first);

    public void Truncate(int count)
    {
        for (int i = count; i < order.Count; i++) slots.Remove(order[i]);
        order.RemoveRange(count, order.Count - count);
    }
}
