using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// How many threads large operations may use: the whole process's setting, 1 unless it is changed. Results do not depend on it, bit for bit: how work
/// is split depends on sizes alone, and no sum is taken apart where its order would show.
/// </summary>
/// <remarks>
/// Work is shared only where it is large enough to pay (matrix products from about 10⁶ multiplications, elementwise operations from some 10⁵
/// elements, batches of images). The threads are kept: after work they wait about 50 µs awake for more, then sleep. One operation at a time has
/// them; tapes on other threads meanwhile run alone.
/// </remarks>
public static unsafe class Parallelism
{
    private static int threads = 1;

    /// <summary>The number of threads that one operation may use, the calling one included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1 or more than 1,024.</exception>
    public static int Threads
    {
        get => threads;
        set => threads = value is >= 1 and <= 1024 ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"Parallelism: {value} threads came; needs 1 to 1,024.");
    }

    /// <summary>Runs the parts 0 … <paramref name="parts"/> − 1 of a job, in any order, some of them at the same time; returns when all are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void For<TJob>(int parts, TJob* job) where TJob : unmanaged, IJob
    {
        if (parts > 1 && threads > 1) Workers.Run(Math.Min(threads, parts), parts, job, &Invoke<TJob>);
        else for (int part = 0; part < parts; part++) job->Run(part);
    }

    private static void Invoke<TJob>(void* job, int part) where TJob : unmanaged, IJob => ((TJob*)job)->Run(part);
}

/// <summary>Work in parts that do not depend on each other: each writes what no other reads or writes.</summary>
internal interface IJob
{
    void Run(int part);
}
