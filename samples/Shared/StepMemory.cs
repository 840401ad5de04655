namespace Autodiff.Samples;

/// <summary>The managed bytes that training steps allocate once they are warm; allocates nothing itself.</summary>
/// <remarks>
/// An epoch counts if the thread that runs it ran the one before, too: the first of a thread makes what is kept, for both
/// sizes of batch (the tape's memory, the thread's own buffers).
/// </remarks>
public sealed class StepMemory
{
    private long _before, _bytes, _steps;
    private int _thread;
    private bool _counts;

    /// <summary>Σ bytes / steps; NaN, which no limit holds, if no step counted.</summary>
    public double BytesPerStep => _bytes / (double)_steps;

    /// <summary>An epoch begins; where there are none, a step is one.</summary>
    public void NextEpoch()
    {
        int thread = Environment.CurrentManagedThreadId;
        (_counts, _thread) = (thread == _thread, thread);
    }

    /// <summary>A step begins.</summary>
    public void Begin() => _before = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>The step ended.</summary>
    public void End()
    {
        if (!_counts) return;
        _bytes += GC.GetAllocatedBytesForCurrentThread() - _before;
        _steps++;
    }
}
