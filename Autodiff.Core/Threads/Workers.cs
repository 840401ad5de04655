using System.Runtime.ExceptionServices;

namespace Autodiff;

/// <summary>The threads that help with one job at a time. Whoever comes while they are busy works alone.</summary>
internal static unsafe class Workers
{
    private static readonly Lock Gate = new();
    private static Worker[] workers = [];
    private static void* job;
    private static delegate*<void*, int, void> invoke;
    private static int parts, next;
    private static Exception? failure;

    public static void Run(int threads, int count, void* work, delegate*<void*, int, void> run)
    {
        if (!Gate.TryEnter())
        {
            for (int part = 0; part < count; part++) run(work, part);
            return;
        }

        try
        {
            // a job inside a job comes here on the same thread, which the lock lets in
            if (job is not null)
            {
                for (int part = 0; part < count; part++) run(work, part);
                return;
            }

            if (workers.Length < threads - 1) Grow(threads - 1);
            invoke = run;
            (parts, next, failure) = (count, 0, null);
            job = work;
            for (int i = 0; i < threads - 1; i++) workers[i].Offer();
            TakeParts();
            for (int i = 0; i < threads - 1; i++) workers[i].Finish();
            job = null;
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }
        finally { Gate.Exit(); }
    }

    private static void TakeParts()
    {
        try
        {
            for (int part; (part = Interlocked.Increment(ref next) - 1) < parts;) invoke(job, part);
        }
        catch (Exception e)
        {
            // to the caller's thread, when no other part runs any more
            Interlocked.CompareExchange(ref failure, e, null);
        }
    }

    private static void Grow(int count)
    {
        int before = workers.Length;
        Array.Resize(ref workers, count);
        for (int i = before; i < count; i++) workers[i] = new Worker();
    }

    /// <summary>A thread that waits for an offer: awake for a while, then asleep. An offer that nobody took is withdrawn, so that nobody waits for a sleeper.</summary>
    private sealed class Worker
    {
        private const int Idle = 0, Offered = 1, Taken = 2;
        private static readonly long AwakeTicks = System.Diagnostics.Stopwatch.Frequency / 20_000;
        private readonly object bed = new();
        private int state, sleeping;

        public Worker() => new Thread(Loop) { IsBackground = true, Name = "Autodiff worker" }.Start();

        public void Offer()
        {
            Interlocked.Exchange(ref state, Offered);
            if (Volatile.Read(ref sleeping) == 0) return;
            lock (bed) Monitor.Pulse(bed);
        }

        public void Finish()
        {
            if (Interlocked.CompareExchange(ref state, Idle, Offered) == Offered) return;
            var spinner = default(SpinWait);
            while (Volatile.Read(ref state) != Idle)
            {
                if (spinner.Count < 100) Thread.SpinWait(10);
                spinner.SpinOnce(sleep1Threshold: -1);
            }
        }

        private void Loop()
        {
            while (true)
            {
                WaitForOffer();
                if (Interlocked.CompareExchange(ref state, Taken, Offered) != Offered) continue;
                TakeParts();
                Volatile.Write(ref state, Idle);
            }
        }

        private void WaitForOffer()
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            while (Volatile.Read(ref state) != Offered)
            {
                Thread.SpinWait(8);
                if (System.Diagnostics.Stopwatch.GetTimestamp() - start < AwakeTicks) continue;
                lock (bed)
                {
                    // the offer is made before it is seen whether anybody sleeps, and the other way round here: one of the two sees the other
                    Interlocked.Exchange(ref sleeping, 1);
                    if (Volatile.Read(ref state) != Offered) Monitor.Wait(bed);
                    Volatile.Write(ref sleeping, 0);
                }

                start = System.Diagnostics.Stopwatch.GetTimestamp();
            }
        }
    }
}
