using System.Numerics;

namespace Autodiff;

/// <summary>
/// A step over rows: a sum, whose partial derivatives by the scalars of the tape were computed with it and are scaled in the sweep, or one result a row, which is
/// computed again in the sweep, with its cotangents.
/// </summary>
/// <remarks>Operands: the data [rows, columns]; of a sum its partial derivatives; the scalars, path after path.</remarks>
internal sealed unsafe class RowsRule<T> : Rule<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Id = RuleTable<T>.Add(new RowsRule<T>());

    public override string Name => "Rows";

    public override Saved Saves => Saved.Inputs;

    /// <summary>Records the sum of a row function, and computes it.</summary>
    public static long PushSum(Recording<T> r, int data, int rows, int columns, ReadOnlySpan<RowPath> paths)
    {
        int count = Uniforms(r, paths), partials = -1;
        if (count > 0)
        {
            partials = r.NodeCount;
            r.PushNode([count], 0);
            new Span<T>(r.Nodes[partials].Value, count).Clear();
        }

        T sum = T.Zero;
        int at = 0;
        foreach (RowPath path in paths)
        {
            RowCode<T> code = r.Rows.Program(path.Program).Main;
            fixed (int* list = r.Rows.ListOf(path))
            {
                sum += r.Rows.Engine.Run(code, new()
                {
                    Data = r.Nodes[data].Value,
                    Columns = columns,
                    Rows = path.Rows,
                    List = list,
                    Pulls = code.Uniforms.Length > 0,
                    Sums = true,
                    SharedBars = count > 0 ? r.Nodes[partials].Value + at : null,
                });
            }

            at += code.Uniforms.Length;
        }

        int node = r.PushNode(default, Id);
        r.Values[r.Nodes[node].Slot] = sum;
        Finish(r, node, data, partials, paths, new RowsStep(default, rows, columns, true));
        return r.Handle(r.Nodes[node].Slot);
    }

    /// <summary>Records one result a row, and computes them.</summary>
    public static long PushMap(Recording<T> r, int data, int rows, int columns, ReadOnlySpan<RowPath> paths)
    {
        int node = r.PushNode([rows], Id);
        foreach (RowPath path in paths)
        {
            fixed (int* list = r.Rows.ListOf(path))
                r.Rows.Engine.Run(r.Rows.Program(path.Program).Main, new() { Data = r.Nodes[data].Value, Columns = columns, Rows = path.Rows, List = list, Values = r.Nodes[node].Value });
        }

        Finish(r, node, data, -1, paths, new RowsStep(default, rows, columns, false));
        return r.Handle(r.Nodes[node].Slot);
    }

    /// <summary>Marks the programs that steps of the tape have.</summary>
    public static void FindPrograms(Recording<T> r, bool[] found)
    {
        for (int i = 0; i < r.NodeCount; i++)
        {
            if (r.Nodes[i].Rule != Id) continue;
            RowsStep step = r.Attributes.Get<RowsStep>(r.Nodes[i].Attributes);
            for (int p = 0; p < step.PathCount; p++) found[step.Path(r.Attributes, p).Program] = true;
        }
    }

    public override void Pull(Sweep<T> sweep, int node, T* yBar)
    {
        Recording<T> r = sweep.Recording;
        Node<T> n = r.Nodes[node];
        RowsStep step = r.Attributes.Get<RowsStep>(n.Attributes);
        ReadOnlySpan<int> operands = r.Operands(n);
        if (step.IsSum)
        {
            T* partials = r.Value(operands[1]);
            T w = *yBar;
            T* bars = sweep.Scalars;
            for (int i = 2; i < operands.Length; i++) bars[operands[i]] += w * partials[i - 2];
            return;
        }

        RowPulls.Pull(sweep, n, step, yBar);
    }

    public override void Record(RecordedSweep<T> sweep, int node, Variable<T> yBar)
    {
        Node<T> n = sweep.Recording.Nodes[node];
        RowExpansion<T>.Record(sweep, n, sweep.Recording.Attributes.Get<RowsStep>(n.Attributes), yBar);
    }

    public override string Describe(Recording<T> recording, int node)
    {
        RowsStep step = recording.Attributes.Get<RowsStep>(recording.Nodes[node].Attributes);
        return $"{(step.IsSum ? "SumRows" : "MapRows")} {{ Rows = {step.Rows}, Columns = {step.Columns}, Paths = {step.PathCount} }}";
    }

    private static int Uniforms(Recording<T> r, ReadOnlySpan<RowPath> paths)
    {
        int count = 0;
        foreach (RowPath path in paths) count += r.Rows.Program(path.Program).Main.Uniforms.Length;
        return count;
    }

    private static void Finish(Recording<T> r, int node, int data, int partials, ReadOnlySpan<RowPath> paths, RowsStep step)
    {
        int lead = partials < 0 ? 1 : 2, at = lead;
        Span<int> operands = r.Scratch(lead + Uniforms(r, paths));
        operands[0] = r.Nodes[data].Slot;
        if (partials >= 0) operands[1] = r.Nodes[partials].Slot;
        foreach (RowPath path in paths)
        {
            int[] uniforms = r.Rows.Program(path.Program).Main.Uniforms;
            uniforms.CopyTo(operands[at..]);
            at += uniforms.Length;
        }

        r.SetOperands(node, operands);
        IntegerList list = new(r.Attributes.AddIntegers(3 * paths.Length), 3 * paths.Length);
        for (int p = 0; p < paths.Length; p++)
        {
            ReadOnlySpan<int> rows = r.Rows.ListOf(paths[p]);
            int start = rows.IsEmpty ? -1 : r.Attributes.Add(rows);
            ReadOnlySpan<int> three = [paths[p].Program, start, paths[p].Rows];
            three.CopyTo(r.Attributes.Integers(list.Start + (3 * p * sizeof(int)), 3));
        }

        r.Nodes[node].Attributes = r.Attributes.Add(step with { Paths = list });
    }
}
