namespace Autodiff;

/// <content>Functions of one row over many rows of data.</content>
public sealed unsafe partial class Tape<T>
{
    /// <summary>
    /// Σ f(row) over the rows of data: f, an ordinary function of the row's numbers and of any scalars of this tape, is recorded once, optimised, and computed with its
    /// derivatives for 16 rows at a time in SIMD lanes. The result is one scalar; what it takes on the tape does not depend on the number of rows.
    /// </summary>
    /// <remarks>
    /// <para>f is called once for each path that rows take through it: comparisons (<c>&gt;</c>, <c>&lt;</c>, …) of numbers that depend on the row are noticed, and a row for which they come out otherwise
    /// is recorded anew. <c>Maximum</c>, <c>Minimum</c>, <c>Where</c>, <c>Abs</c> need no paths. Reading <c>Value</c> of what depends on the row is refused. f must do the same for the same row
    /// and may use no tensors but elements <c>v[i]</c> of those made before. What does not depend on the row is computed once and stays on the tape.</para>
    /// <para>Sums are rounded otherwise than in a loop: products are fused, the order is that of the lanes. The result is the same bit for bit for any number of threads
    /// (<see cref="Parallelism.Threads"/>). A row's zero cotangent contributes zero, as everywhere. The derivative recorded by <see cref="Gradient(Scalar{T}, Scalar{T})"/> is right, but takes the time
    /// and memory of ordinary steps for every row. Compiled paths are kept and used again while the recording is the same.</para>
    /// </remarks>
    /// <param name="data">The numbers, row by row; they are copied.</param>
    /// <param name="columns">The numbers of a row.</param>
    /// <param name="f">The function of one row.</param>
    /// <returns>The sum; 0 if there are no rows.</returns>
    /// <exception cref="ArgumentException">The columns are fewer than one or do not divide the data.</exception>
    /// <exception cref="InvalidOperationException">f reads a value that differs from row to row, or does what a row function may not; the tape is as it was before. Whatever else f throws comes as it is.</exception>
    public Scalar<T> SumRows(ReadOnlySpan<T> data, int columns, Func<ReadOnlySpan<Scalar<T>>, Scalar<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        int rows = RowCount("SumRows", data.Length, columns);
        Recording<T> r = Live;
        if (rows == 0) return new(r, r.Push(new Code { Op = Opcode.Constant }, T.Zero));
        TapeMark mark = Mark();
        try
        {
            int node = RowData(data, rows, columns);
            ReadOnlySpan<RowPath> paths = r.Rows.Find("SumRows", r.Nodes[node].Value, rows, columns, 1, RowDerivatives.Tape, f, null);
            return new(r, RowsRule<T>.PushSum(r, node, rows, columns, paths));
        }
        catch
        {
            Rewind(mark);
            throw;
        }
    }

    /// <summary>
    /// yᵢ = f(rowᵢ): one result for each row of data. As <see cref="SumRows"/>, but each result has a cotangent of its own; the sweep computes f once more.
    /// </summary>
    /// <param name="data">The numbers, row by row; they are copied.</param>
    /// <param name="columns">The numbers of a row.</param>
    /// <param name="f">The function of one row.</param>
    /// <returns>A variable [rows].</returns>
    /// <exception cref="ArgumentException">The columns are fewer than one or do not divide the data.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="SumRows"/>.</exception>
    public Variable<T> MapRows(ReadOnlySpan<T> data, int columns, Func<ReadOnlySpan<Scalar<T>>, Scalar<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        int rows = RowCount("MapRows", data.Length, columns);
        TapeMark mark = Mark();
        try { return MapRows(Constant(data, [rows, columns]), f); }
        catch
        {
            Rewind(mark);   // the data, too
            throw;
        }
    }

    /// <summary>The same over the rows of a variable [rows, columns], which receives derivatives, too.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="f">The function of one row.</param>
    /// <returns>A variable [rows].</returns>
    /// <exception cref="ShapeException">The data is no matrix, or has no columns.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="SumRows"/>.</exception>
    public Variable<T> MapRows(Variable<T> data, Func<ReadOnlySpan<Scalar<T>>, Scalar<T>> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Recording<T> r = Live;
        int slot = Slot(data, "MapRows");
        Shape shape = r.Shape(slot);
        if (shape.Rank != 2 || shape.Lengths[1] == 0) throw new ShapeException($"MapRows: the data is {shape}; needs [rows, columns] with at least one column.");
        TapeMark mark = Mark();
        try
        {
            int node = r.CodeAt(slot).A;
            ReadOnlySpan<RowPath> paths = r.Rows.Find("MapRows", r.Nodes[node].Value, shape.Lengths[0], shape.Lengths[1], 1, r.Wanted(slot) ? RowDerivatives.Both : RowDerivatives.Tape, f, null);
            return new(r, RowsRule<T>.PushMap(r, node, shape.Lengths[0], shape.Lengths[1], paths));
        }
        catch
        {
            Rewind(mark);
            throw;
        }
    }

    /// <summary>
    /// Many small Jacobians at once: the results of f for each row of data, and their derivatives by that row's numbers. Nothing stays on the tape; scalars of the tape
    /// may be used and count as constants.
    /// </summary>
    /// <param name="data">The numbers, row by row.</param>
    /// <param name="columns">The numbers of a row.</param>
    /// <param name="outputs">The results of a row.</param>
    /// <param name="f">The function of one row; it sets every result.</param>
    /// <param name="values">Receives the results: [rows, outputs].</param>
    /// <param name="jacobian">Receives the derivatives: [rows, outputs, columns].</param>
    /// <exception cref="ArgumentException">The columns are fewer than one or do not divide the data, there is no output, or the room for results or derivatives has another length than is needed.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="SumRows"/>.</exception>
    public void JacobianRows(ReadOnlySpan<T> data, int columns, int outputs, RowsFunction<T> f, Span<T> values, Span<T> jacobian)
    {
        ArgumentNullException.ThrowIfNull(f);
        int rows = RowCount("JacobianRows", data.Length, columns);
        if (outputs < 1) throw new ArgumentException($"JacobianRows: {outputs} outputs came; needs at least one.");
        if (values.Length != (long)rows * outputs) throw new ArgumentException($"JacobianRows: room for {values.Length} results came; needs {rows} · {outputs}.");
        if (jacobian.Length != (long)rows * outputs * columns) throw new ArgumentException($"JacobianRows: room for {jacobian.Length} derivatives came; needs {rows} · {outputs} · {columns}.");
        Recording<T> r = Live;
        if (rows == 0) return;
        TapeMark mark = Mark();
        try
        {
            fixed (T* numbers = data, results = values, derivatives = jacobian)
            {
                foreach (RowPath path in r.Rows.Find("JacobianRows", numbers, rows, columns, outputs, RowDerivatives.Row, null, f))
                {
                    fixed (int* list = r.Rows.ListOf(path))
                    {
                        r.Rows.Engine.Run(r.Rows.Program(path.Program).Main, new()
                        {
                            Data = numbers,
                            Columns = columns,
                            Rows = path.Rows,
                            List = list,
                            Values = results,
                            RowBars = derivatives,
                            Pulls = true,
                            PullsEach = true,
                        });
                    }
                }
            }
        }
        finally { Rewind(mark); }
    }

    private static int RowCount(string name, int numbers, int columns)
    {
        if (columns < 1) throw new ArgumentException($"{name}: {columns} columns came; needs at least one.");
        return numbers % columns == 0 ? numbers / columns : throw new ArgumentException($"{name}: {numbers} numbers and {columns} columns came; needs a multiple of the columns.");
    }

    // the data as a constant of the tape: a recorded derivative reads it once more
    private int RowData(ReadOnlySpan<T> data, int rows, int columns)
    {
        Recording<T> r = Recording;
        int node = r.PushNode([rows, columns], 0);
        data.CopyTo(new Span<T>(r.Nodes[node].Value, data.Length));
        r.Nodes[node].IsLeaf = true;
        return node;
    }
}
