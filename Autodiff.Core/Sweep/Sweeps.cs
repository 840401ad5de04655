using System.Numerics;

namespace Autodiff;

/// <summary>The sweeps of a tape: their adjoints, kept for reuse, and the requests for gradients, checked.</summary>
internal sealed unsafe class Sweeps<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording<T> recording;
    private readonly Sweep<T> plain;
    private readonly RecordedSweep<T> recorded;
    private readonly List<Adjoints<T>> adjoints = [];
    private bool isRecording;

    public Sweeps(Recording<T> recording)
    {
        this.recording = recording;
        plain = new Sweep<T>(recording);
        recorded = new RecordedSweep<T>(recording);
    }

    /// <summary>How many sweeps' gradients are alive.</summary>
    public int Count { get; private set; }

    public Adjoints<T> Backward(int slot, ReadOnlySpan<T> cotangent, ReadOnlySpan<Variable<T>> keep, bool consume)
    {
        Recording<T> r = recording;
        r.RequireNoRow("Backward");
        RequireNoCheckpoint("Backward");
        Span<int> kept = keep.Length <= 64 ? stackalloc int[keep.Length] : new int[keep.Length];
        for (int i = 0; i < keep.Length; i++) kept[i] = Node(keep[i]);
        if (Count == adjoints.Count) adjoints.Add(new Adjoints<T>(r));
        Adjoints<T> a = adjoints[Count++];
        a.Begin(slot + 1);
        if (r.IsTensor(slot) && r.Nodes[r.Codes[slot].A].Value is not null)
        {
            T* buffer = r.Memory.Take(cotangent.Length);
            cotangent.CopyTo(new Span<T>(buffer, cotangent.Length));
            a.Set(r.Codes[slot].A, buffer);
        }
        else a.Scalars[slot] = cotangent[0];

        r.Seal();
        if (consume) r.BeginConsuming();
        try { plain.Run(a, slot, 0, kept, consume); }
        catch
        {
            Count--;
            a.End();
            throw;
        }

        foreach (int node in kept)
        {
            if (node < 0 || a.Tensor(node) is not null) continue;
            T* zeros = r.Memory.Take(r.Nodes[node].Size);
            new Span<T>(zeros, r.Nodes[node].Size).Clear();
            a.Set(node, zeros);
        }

        return a;
    }

    /// <summary>Zeros for everything recorded so far, that terms are added to.</summary>
    public Adjoints<T> Open()
    {
        recording.RequireNoRow("Accumulate");
        RequireNoCheckpoint("Accumulate");
        recording.Seal();
        if (Count == adjoints.Count) adjoints.Add(new Adjoints<T>(recording));
        Adjoints<T> a = adjoints[Count++];
        a.Begin(recording.Count);
        a.IsOpen = true;
        return a;
    }

    /// <summary>Adds the cotangents of a term: of its own steps they are swept, of older ones added.</summary>
    public void Add(Adjoints<T> a, int slot, T cotangent)
    {
        recording.RequireNoRow("Backward");
        RequireNoCheckpoint("Backward");
        recording.Seal();
        if (slot < a.Slots)
        {
            a.Scalars[slot] += cotangent;
            return;
        }

        a.Extend(a.Slots, slot + 1);
        a.Scalars[slot] = cotangent;
        Sweep(a, slot, a.Slots);
    }

    /// <summary>Sweeps what terms have added down to the leaves.</summary>
    public void Close(Adjoints<T> a)
    {
        recording.RequireNoRow("Complete");
        RequireNoCheckpoint("Complete");
        a.IsOpen = false;
        Sweep(a, a.Slots - 1, 0);
    }

    // half a sum is no sum: its gradients are refused from then on
    private void Sweep(Adjoints<T> a, int from, int to)
    {
        try { plain.Run(a, from, to, [], false); }
        catch
        {
            a.End();
            throw;
        }
    }

    public Variable<T> Gradient(Variable<T> y, Variable<T> x, Variable<T> cotangent)
    {
        Variable<T> result = default;
        Gradient(y, [x], cotangent, new Span<Variable<T>>(ref result));
        return result;
    }

    public Variable<T>[] Gradient(Variable<T> y, ReadOnlySpan<Variable<T>> x, Variable<T> cotangent)
    {
        var results = new Variable<T>[x.Length];
        Gradient(y, x, cotangent, results);
        return results;
    }

    /// <summary>The bytes of all adjoints that are alive.</summary>
    public long AdjointBytes
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < Count; i++) bytes += adjoints[i].Bytes;
            return bytes;
        }
    }

    /// <summary>Ends the sweeps beyond the first ones, and lets those forget the tensors that are about to be dropped.</summary>
    public void Truncate(int count, int nodes)
    {
        for (int i = count; i < Count; i++) adjoints[i].End();
        Count = Math.Min(count, Count);
        for (int i = 0; i < Count; i++) adjoints[i].Forget(nodes);
    }

    private void Gradient(Variable<T> y, ReadOnlySpan<Variable<T>> x, Variable<T> cotangent, Span<Variable<T>> results)
    {
        if (y.Shape != cotangent.Shape) throw new ShapeException($"Gradient: the cotangent is {cotangent.Shape}, the output {y.Shape}; needs equal shapes.");
        Recording<T> r = recording;
        r.RequireNoRow("Gradient");
        (int steps, int nodes, int attributes) = (r.Count, r.NodeCount, r.Attributes.Length);
        RecordedSweep<T> sweep = isRecording ? new RecordedSweep<T>(r) : recorded;   // a function that is run again may differentiate
        bool outer = isRecording;
        isRecording = true;
        try
        {
            int output = Slot(y, "output"), count = x.Length;
            Span<int> inputs = count <= 32 ? stackalloc int[2 * count] : new int[2 * count];
            Span<bool> negated = count <= 64 ? stackalloc bool[count] : new bool[count];
            for (int i = 0; i < x.Length; i++)
            {
                Require(x[i], "input");
                (inputs[i], negated[i], int again) = r.AdjointOf(x[i].Bits, "Gradient");
                if (again >= 0) inputs[count++] = again;
            }

            if (count == x.Length) sweep.Run(output, cotangent, inputs[..count], results);
            else
            {
                var all = new Variable<T>[count];
                sweep.Run(output, cotangent, inputs[..count], all);
                all.AsSpan(0, x.Length).CopyTo(results);
                for (int i = 0, next = x.Length; i < x.Length; i++)
                    if (r.AdjointOf(x[i].Bits, "Gradient").Again >= 0) results[i] = (negated[i] ? -results[i] : results[i]) + all[next++];
                return;
            }

            for (int i = 0; i < x.Length; i++)
                if (negated[i]) results[i] = -results[i];
        }
        catch
        {
            r.DropTemporaries(steps, nodes, attributes);
            throw;
        }
        finally { isRecording = outer; }
    }

    // the plain sweep that runs the function again is not finished
    private void RequireNoCheckpoint(string name)
    {
        if (recording.Checkpoints.IsRunning) throw new InvalidOperationException($"{name}: called inside the function of a checkpoint; needs a function that only records.");
    }

    private int Slot(Variable<T> x, string what)
    {
        Require(x, what);
        return recording.Slot(x.Bits, "Gradient");
    }

    private void Require(Variable<T> x, string what)
    {
        if (x.Recording is null) throw Constants.NoVariable(x.Bits, "Gradient", what);
        if (x.Recording != recording) throw new InvalidOperationException($"Gradient: the {what} is of another tape; needs one of this tape.");
    }

    private int Node(Variable<T> x)
    {
        int slot = Slot(x, "tensor to keep");
        return recording.IsTensor(slot) && recording.Nodes[recording.Codes[slot].A].Value is not null ? recording.Codes[slot].A : -1;
    }
}
