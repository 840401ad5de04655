using System.Numerics;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>The functions of checkpoints: the only steps that need more than data. They go when the recording goes back behind them.</summary>
internal sealed class Checkpoints<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<Delegate> functions = [];
    private readonly List<int> places = [];
    private readonly List<int> found = [];
    private bool[] seen = [];

    /// <summary>Whether a function is running: it may not sweep.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Where the steps of the function that is running begin: it may not go back behind that.</summary>
    public int Floor { get; private set; }

    /// <summary>The step whose function is run again: what was recorded from it up to <see cref="Floor"/> has been swept already, and is not there for the function.</summary>
    private int behind = int.MaxValue;

    /// <summary>Keeps a function with a step whose attributes stand at a place.</summary>
    public int Add(Delegate function, int place)
    {
        functions.Add(function);
        places.Add(place);
        return functions.Count - 1;
    }

    /// <summary>Whether the function that is running must not read a slot.</summary>
    public bool Hides(int slot) => slot >= behind && slot < Floor;

    /// <summary>Runs the function of a step once more.</summary>
    public int Invoke(Recording<T> r, int function, int step, int argument)
    {
        int floor = r.Count, outer = behind;
        behind = step;
        try
        {
            int result = Invoke(r, functions[function], argument);
            for (int slot = floor; slot < r.Count; slot++)
                foreach (int operand in r.Operands(slot))
                    if (operand >= step && operand < floor)
                        throw new InvalidOperationException($"Checkpoint: when a sweep ran the function again it used {r.Name(operand)}, which was recorded after it; needs what was there before.");
            return result;
        }
        finally { behind = outer; }
    }

    /// <summary>Runs a function of one variable, or of none, and gives the slot of its result.</summary>
    public int Invoke(Recording<T> r, Delegate function, int argument)
    {
        (bool outer, int floor) = (IsRunning, Floor);
        (IsRunning, Floor) = (true, r.Count);
        try
        {
            Variable<T> y = function is Func<Variable<T>, Variable<T>> ofOne ? ofOne(new(r, r.Handle(argument))) : ((Func<Variable<T>>)function)();
            return r.Materialise(y, "Checkpoint");
        }
        finally { (IsRunning, Floor) = (outer, floor); }
    }

    /// <summary>The slots before a place that the steps from there on read, each once; the argument, if there is one, first. Good until the next call.</summary>
    public ReadOnlySpan<int> Reads(Recording<T> r, int from, int argument)
    {
        found.Clear();
        if (seen.Length < from) seen = new bool[Math.Max(64, 2 * from)];
        if (argument >= 0) Find(argument);
        for (int slot = from; slot < r.Count; slot++)
            foreach (int operand in r.Operands(slot))
                if (operand < from && !seen[operand]) Find(operand);
        foreach (int slot in found) seen[slot] = false;
        return CollectionsMarshal.AsSpan(found);
    }

    private void Find(int slot)
    {
        seen[slot] = true;
        found.Add(slot);
    }

    /// <summary>Forgets the functions of steps whose attributes are gone.</summary>
    public void Truncate(int attributes)
    {
        int count = functions.Count;
        while (count > 0 && places[count - 1] >= attributes) count--;
        functions.RemoveRange(count, functions.Count - count);
        places.RemoveRange(count, places.Count - count);
    }
}

/// <summary>The attributes of a checkpoint: which function, and whether the first operand is its argument.</summary>
internal readonly record struct CheckpointStep(int Function, bool HasArgument);
