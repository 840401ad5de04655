using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>Lays out memory for row programs, runs them, and joins what their parts leave.</summary>
internal sealed unsafe class RowEngine<T>(Recording<T> r) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What is asked of a run: addresses and lengths as in <see cref="RowJob{T}"/>.</summary>
    internal struct Request
    {
        public T* Data, Seeds, Values, RowBars, SharedBars;
        public int* List;
        public int Rows, Columns;
        public bool Pulls, PullsEach, Sums;
    }

    /// <summary>Runs a program over rows; the adjoints of its shared numbers are added to <see cref="Request.SharedBars"/>. Returns the sum of the first result.</summary>
    public T Run(RowCode<T> code, in Request q)
    {
        RowJob<T> job = new()
        {
            Instructions = code.Start,
            InstructionCount = code.Instructions.Length,
            Cells = code.Cells,
            Lanes = RowJob<T>.LanesFor(code.Cells, q.Rows),
            Shared = code.Shared,
            Outputs = code.OutputStart,
            OutputCount = code.Outputs.Length,
            Data = q.Data,
            Columns = q.Columns,
            Rows = q.Rows,
            List = q.List,
            Seeds = q.Seeds,
            Values = q.Values,
            RowBars = q.RowBars,
            Pulls = q.Pulls,
            PullsEach = q.PullsEach,
        };
        int parts = job.Parts, scratch = Math.Min(parts, Parallelism.Threads);
        long size = 0;
        long shared = Place(code.Shared), bars = Place(q.Pulls ? parts * code.Shared : 0), sums = Place(parts), cells = Place(checked(scratch * job.ScratchSize));
        int total = checked((int)size);
        T* memory = r.Memory.Take(total);
        int* claims = stackalloc int[scratch];
        new Span<int>(claims, scratch).Clear();
        try
        {
            job.SharedNumbers = memory + shared;
            Fill(code, job.SharedNumbers);
            job.SharedBars = q.Pulls ? memory + bars : null;
            job.Sums = q.Sums ? memory + sums : null;
            job.Scratch = memory + cells;
            job.Claims = claims;
            job.ScratchCount = scratch;
            Parallelism.For(parts, &job);
            T sum = T.Zero;
            for (int part = 0; part < parts; part++)
            {
                if (q.Sums) sum += job.Sums[part];
                if (q.Pulls && q.SharedBars is not null) Add(job.SharedBars + ((long)part * code.Shared), q.SharedBars, code.Uniforms.Length);
            }

            return sum;
        }
        finally { r.Memory.Give(memory, total); }

        // at a multiple of 64 bytes
        long Place(int count)
        {
            long at = size;
            size += ((long)count + 15) & ~15L;
            return at;
        }
    }

    /// <summary>
    /// Which rows' comparisons all come out as recorded: those go to <paramref name="passed"/>, the others to <paramref name="failed"/>. Returns how many passed. The first row
    /// is the one that was recorded: it passes, even if lanes, which fuse products, round a number to the other side of what it was compared with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Test(RowProgram<T> program, in Request q, int[] passed, int[] failed)
    {
        RowCode<T> code = program.Test!;
        int outputs = code.Outputs.Length, pass = 0, fail = 0;
        int highest = q.Rows;
        if (q.List is not null)
            for (int i = 0; i < q.Rows; i++) highest = Math.Max(highest, q.List[i] + 1);
        int size = checked(highest * outputs);
        T* values = r.Memory.Take(size);
        try
        {
            Run(code, q with { Values = values, Pulls = false, Sums = false });
            for (int i = 0; i < q.Rows; i++)
            {
                int row = q.List is null ? i : q.List[i];
                if (i == 0 || Holds(program.Guards, values + ((long)row * outputs))) passed[pass++] = row;
                else failed[fail++] = row;
            }

            return pass;
        }
        finally { r.Memory.Give(values, size); }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Holds(RowGuard<T>[] guards, T* operands)
    {
        for (int g = 0; g < guards.Length; g++)
            if (RowGuard<T>.Holds(guards[g].Comparison, operands[2 * g], operands[(2 * g) + 1]) != guards[g].Outcome) return false;
        return true;
    }

    private void Fill(RowCode<T> code, T* shared)
    {
        for (int i = 0; i < code.Uniforms.Length; i++) shared[i] = r.Values[code.Uniforms[i]];
        code.Constants.CopyTo(new Span<T>(shared + code.Uniforms.Length, code.Constants.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* from, T* to, int count)
    {
        for (int i = 0; i < count; i++) to[i] += from[i];
    }
}
