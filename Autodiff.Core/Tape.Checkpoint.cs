using System.Buffers;

namespace Autodiff;

/// <content>Parts of a program that are computed again in the sweep instead of being remembered.</content>
public sealed unsafe partial class Tape<T>
{
    /// <summary>
    /// y = f(x), of which only the result stays on the tape: a sweep runs f once more, pulls the cotangent back through it and drops it again. The memory is that of one such part
    /// at a time instead of all of them; the time is that of one more forward pass.
    /// </summary>
    /// <remarks>
    /// <para>f is an ordinary function; it may use other variables and scalars of this tape that were recorded before, which receive their gradients, too, parameters
    /// (<see cref="Variable(Parameter{T})"/>), and checkpoints of its own. Gradients of tensors are the same, bit for bit, as without (a scalar product that is used again is pulled in one part
    /// where it would be in two); derivatives of any order exist
    /// (<see cref="Gradient(Scalar{T}, Variable{T})"/> records f again, and keeps it).</para>
    /// <para>f must compute the same whenever it runs, which is checked: another result is refused. Its intermediate handles are dropped with it. A result that f did not compute,
    /// but found, is given back as it is. Source: Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 12; Chen et al., Training deep nets with sublinear memory cost (2016).</para>
    /// </remarks>
    /// <param name="x">The argument.</param>
    /// <param name="f">The function. One that captures nothing is made once, so that a steady loop allocates nothing.</param>
    /// <exception cref="InvalidOperationException">x or the result is of another tape or gone, or f makes a variable that is no parameter, calls Backward, or goes back on the tape, which is as it was
    /// before; at a sweep: f gave another result. Whatever else f throws comes as it is.</exception>
    public Variable<T> Checkpoint(Variable<T> x, Func<Variable<T>, Variable<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Recording.RequireNoRow("Checkpoint");
        TapeMark mark = Mark();
        try { return Checkpoint(f, Recording.Materialise(x, "Checkpoint"), false); }
        catch
        {
            Rewind(mark);
            throw;
        }
    }

    /// <summary>The same for a function without an argument, which uses what was recorded before.</summary>
    /// <param name="f">The function.</param>
    /// <exception cref="InvalidOperationException">As for a function of one argument.</exception>
    public Variable<T> Checkpoint(Func<Variable<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Recording.RequireNoRow("Checkpoint");
        TapeMark mark = Mark();
        try { return Checkpoint(f, -1, false); }
        catch
        {
            Rewind(mark);
            throw;
        }
    }

    private Variable<T> Checkpoint(Delegate f, int argument, bool isSecond)
    {
        Recording<T> r = Recording;
        TapeMark mark = Mark();
        int slot = r.Checkpoints.Invoke(r, f, argument);
        if (Leaves.Count > mark.Parameters)
        {
            if (isSecond) throw new InvalidOperationException("Checkpoint: the function uses other parameters each time it runs; needs those that were made before it.");

            // parameters that came up for the first time stay: recorded before, the function finds them
            int count = Leaves.Count - mark.Parameters;
            Parameter<T>[] rented = ArrayPool<Parameter<T>>.Shared.Rent(count);
            Leaves.CopyTo(mark.Parameters, rented);
            Rewind(mark);
            for (int i = 0; i < count; i++) Variable(rented[i]);
            ArrayPool<Parameter<T>>.Shared.Return(rented, clearArray: true);
            return Checkpoint(f, argument, true);
        }

        RequireNoLeaf(mark.Steps);
        if (slot < mark.Steps)
        {
            Rewind(mark);
            return new(r, r.Handle(slot));
        }

        ReadOnlySpan<int> reads = r.Checkpoints.Reads(r, mark.Steps, argument);
        Shape shape = r.Shape(slot);
        T* copy = r.Memory.Take(shape.Size);
        new ReadOnlySpan<T>(r.Value(slot), shape.Size).CopyTo(new Span<T>(copy, shape.Size));
        Rewind(mark);
        int y = r.Nodes[CheckpointRule<T>.Push(r, f, argument >= 0, shape, reads)].Slot;
        new ReadOnlySpan<T>(copy, shape.Size).CopyTo(new Span<T>(r.Value(y), shape.Size));
        r.Memory.Give(copy, shape.Size);
        return new(r, r.Handle(y));
    }

    // the derivative by a variable that is gone afterwards could not be asked for
    private void RequireNoLeaf(int from)
    {
        for (int slot = from; slot < Recording.Count; slot++)
        {
            Code code = Recording.CodeAt(slot);
            if (code.Op == Opcode.Leaf || (code.Op == Opcode.Tensor && Recording.Nodes[code.A] is { Rule: 0, Wanted: true }))
                throw new InvalidOperationException("Checkpoint: the function makes a variable; needs variables made before it, or parameters.");
        }
    }
}
