using System.Diagnostics;

namespace Autodiff.Benchmarks;

/// <summary>Times several programs in turn, round by round, so that what else the machine does meets all of them alike.</summary>
internal static class Interleaved
{
    /// <summary>The median and the quartiles of each program's time, in microseconds a call.</summary>
    public static (double Median, double Low, double High)[] Measure(int rounds, params (Action Program, int Calls)[] programs)
    {
        var times = new double[programs.Length][];
        for (int p = 0; p < programs.Length; p++)
        {
            times[p] = new double[rounds];
            for (int i = 0; i < programs[p].Calls; i++) programs[p].Program();
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int p = 0; p < programs.Length; p++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < programs[p].Calls; i++) programs[p].Program();
                times[p][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / programs[p].Calls;
            }
        }

        foreach (double[] t in times) Array.Sort(t);
        return [.. times.Select(t => (t[t.Length / 2], t[t.Length / 4], t[3 * t.Length / 4]))];
    }

    /// <summary>The bytes that one call of a warm program takes from the managed heap.</summary>
    public static long Allocated(Action program, int warmUp = 20)
    {
        for (int i = 0; i < warmUp; i++) program();
        long before = GC.GetAllocatedBytesForCurrentThread();
        program();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
