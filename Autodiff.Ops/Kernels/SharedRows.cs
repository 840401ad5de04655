namespace Autodiff.Kernels;

/// <summary>Work on one row after another, each for itself.</summary>
internal interface IRows
{
    void Run(int row);
}

/// <summary>Rows that threads share where there are enough of them.</summary>
internal static unsafe class SharedRows
{
    /// <summary>The elements of a part of shared work: some microseconds.</summary>
    private const int ElementsOfAPart = 1 << 14;

    /// <summary>Runs rows 0 … <paramref name="rows"/> − 1 of so many elements each.</summary>
    public static void Run<TRows>(TRows work, int rows, int elements) where TRows : unmanaged, IRows
    {
        Job<TRows> job = new() { Work = work, Rows = rows, Each = Math.Clamp(ElementsOfAPart / Math.Max(1, elements), 1, Math.Max(1, rows)) };
        if (Parallelism.Threads == 1 || rows < 2 * job.Each) for (int row = 0; row < rows; row++) work.Run(row);
        else Parallelism.For((int)(((long)rows + job.Each - 1) / job.Each), &job);
    }

    private struct Job<TRows> : IJob where TRows : unmanaged, IRows
    {
        public TRows Work;
        public int Rows, Each;

        readonly void IJob.Run(int part)
        {
            int end = (int)Math.Min(Rows, ((long)part + 1) * Each);
            for (int row = part * Each; row < end; row++) Work.Run(row);
        }
    }
}
