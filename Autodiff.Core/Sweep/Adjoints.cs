using System.Numerics;

namespace Autodiff;

/// <summary>
/// The adjoints of one sweep, outside the recording: a number for every slot, a buffer for every tensor that has one. Reused by later sweeps.
/// </summary>
internal sealed unsafe class Adjoints<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Recording<T> recording;
    private nint[] tensors = [];
    private int[] used = new int[64];
    private int usedCount, capacity;

    public Adjoints(Recording<T> recording) => this.recording = recording;

    /// <summary>Which sweep this is; handles of an earlier one are refused.</summary>
    public int Version { get; private set; }

    /// <summary>The slots that were swept: 0 … Slots − 1.</summary>
    public int Slots { get; private set; }

    public T* Scalars { get; private set; }

    /// <summary>The bytes of what is alive.</summary>
    public long Bytes
    {
        get
        {
            long count = Slots;
            for (int i = 0; i < usedCount; i++)
                if (tensors[used[i]] != ReleasedMark) count += recording.Nodes[used[i]].Size;
            return count * sizeof(T);
        }
    }

    /// <summary>Whether terms were added that have not been swept down to the leaves yet.</summary>
    public bool IsOpen { get; set; }

    /// <summary>A cell behind the adjoints.</summary>
    public int Spare => capacity - 1;

    public void Begin(int slots)
    {
        (Slots, capacity) = (slots, slots + 1);   // one more for a sweep that keeps no adjoint in a register
        Scalars = recording.Memory.Take(capacity);
        new Span<T>(Scalars, slots).Clear();
        if (tensors.Length < recording.NodeCount) Array.Resize(ref tensors, recording.Nodes.Length);
    }

    /// <summary>Makes room for zeros from a slot on, for steps that will be dropped: those of a term, or of a function that is run again.</summary>
    public void Extend(int from, int slots)
    {
        if (slots >= capacity)
        {
            int grown = (int)Math.Min(2L * (slots + 1), int.MaxValue), kept = Math.Min(from, capacity);
            T* wider = recording.Memory.Take(grown);
            new ReadOnlySpan<T>(Scalars, kept).CopyTo(new Span<T>(wider, kept));
            recording.Memory.Give(Scalars, capacity);
            Scalars = wider;
            capacity = grown;
        }

        new Span<T>(Scalars + from, slots - from).Clear();
    }

    public T* Tensor(int node) => node < tensors.Length ? (T*)tensors[node] : null;

    public void Set(int node, T* buffer)
    {
        if (node >= tensors.Length) Array.Resize(ref tensors, recording.Nodes.Length);
        if (tensors[node] == 0)
        {
            if (usedCount == used.Length) Array.Resize(ref used, 2 * usedCount);
            used[usedCount++] = node;
        }

        tensors[node] = (nint)buffer;
    }

    /// <summary>Gives up the buffer of an intermediate tensor that is used up.</summary>
    public void Release(int node)
    {
        recording.Memory.Give((T*)tensors[node], recording.Nodes[node].Size);
        tensors[node] = ReleasedMark;
    }

    /// <summary>Lets an intermediate tensor forget a buffer that another has taken over.</summary>
    public void MoveOut(int node) => tensors[node] = ReleasedMark;

    public bool WasReleased(int node) => node < tensors.Length && tensors[node] == ReleasedMark;

    /// <summary>
    /// Gives up the buffers of tensors from a node on: zeros that were handed out for leaves recorded after the sweep, before those are dropped.
    /// </summary>
    public void Forget(int firstNode)
    {
        int kept = 0;
        for (int i = 0; i < usedCount; i++)
        {
            int node = used[i];
            if (node < firstNode) used[kept++] = node;
            else End(node);
        }

        usedCount = kept;
    }

    /// <summary>Hands everything back; the sizes are those of the recording, so this comes before steps are dropped.</summary>
    public void End()
    {
        for (int i = 0; i < usedCount; i++) End(used[i]);
        usedCount = 0;
        if (Scalars is not null) recording.Memory.Give(Scalars, capacity);
        Scalars = null;
        IsOpen = false;
        Version++;
    }

    private void End(int node)
    {
        if (tensors[node] != ReleasedMark) recording.Memory.Give((T*)tensors[node], recording.Nodes[node].Size);
        tensors[node] = 0;
    }

    private const nint ReleasedMark = -1;
}
