using System.Numerics;

namespace Autodiff;

/// <summary>The plain pull of one result a row: the rows are computed once more, with their cotangents, and pulled at once.</summary>
internal static unsafe class RowPulls
{
    public static void Pull<T>(Sweep<T> sweep, in Node<T> n, in RowsStep step, T* yBar) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Recording<T> r = sweep.Recording;
        int data = r.CodeAt(r.Operands(n)[0]).A;
        int size = r.Nodes[data].Size, at = 1;
        bool pullsRow = r.Nodes[data].Wanted;
        T* rowBars = pullsRow ? r.Memory.Take(size) : null;
        try
        {
            for (int p = 0; p < step.PathCount; p++)
            {
                RowPath path = step.Path(r.Attributes, p);
                RowCode<T> code = r.Rows.Program(path.Program).Main;
                int shared = code.Uniforms.Length;
                T* bars = r.Memory.Take(shared);
                new Span<T>(bars, shared).Clear();
                r.Rows.Engine.Run(code, new()
                {
                    Data = r.Nodes[data].Value,
                    Columns = step.Columns,
                    Rows = path.Rows,
                    List = path.List < 0 ? null : (int*)(r.Attributes.Start + path.List),
                    Seeds = yBar,
                    Pulls = true,
                    SharedBars = bars,
                    RowBars = rowBars,
                });
                ReadOnlySpan<int> operands = r.Operands(n);
                for (int i = 0; i < shared; i++) sweep.Scalars[operands[at + i]] += bars[i];
                at += shared;
                r.Memory.Give(bars, shared);
            }

            if (!pullsRow) return;
            T* xBar = sweep.Adjoint(r.Nodes[data].Slot, willBeStored: true, out bool fresh);
            if (fresh) new ReadOnlySpan<T>(rowBars, size).CopyTo(new Span<T>(xBar, size));
            else for (int i = 0; i < size; i++) xBar[i] += rowBars[i];
        }
        finally
        {
            if (pullsRow) r.Memory.Give(rowBars, size);
        }
    }
}
