using System.Numerics;

namespace Autodiff;

/// <summary>A function of one row with several results: <see cref="Tape{T}.JacobianRows"/>.</summary>
/// <param name="row">The row's numbers.</param>
/// <param name="results">To be set, every one.</param>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public delegate void RowsFunction<T>(ReadOnlySpan<Scalar<T>> row, Span<Scalar<T>> results) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>
/// Functions of one row over many rows: records each path that rows take, when it is first met, and finds the rows that take it.
/// </summary>
internal sealed unsafe class RowFunctions<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>More ways through one function than this are refused: each of them is a program.</summary>
    public const int MostPaths = 1000;

    private const int Spare = 64;
    private readonly Recording<T> r;
    private readonly RowRecorder<T> recorder;
    private readonly List<RowProgram<T>?> programs = [];
    private readonly Stack<int> free = [];
    private readonly List<RowPath> paths = [];
    private Scalar<T>[] row = [], results = [];
    private RowOperand<T>[] operands = [];
    private int[] passed = [], failed = [], pending = [], lists = [];
    private int calls, lastForgotten, mostPrograms = Spare;

    public RowFunctions(Recording<T> recording) => (r, recorder, Engine) = (recording, new(recording), new(recording));

    public RowEngine<T> Engine { get; }

    /// <summary>How many compiled programs there are.</summary>
    public int ProgramCount => programs.Count - free.Count;

    public RowProgram<T> Program(int index) => programs[index]!;

    /// <summary>The paths that the rows take; their lists stand in <see cref="ListOf"/>. The tape keeps the steps that do not depend on the row.</summary>
    public ReadOnlySpan<RowPath> Find(string name, T* data, int rows, int columns, int count, RowDerivatives derivatives, Func<ReadOnlySpan<Scalar<T>>, Scalar<T>>? single, RowsFunction<T>? several)
    {
        paths.Clear();
        calls++;
        if (ProgramCount > mostPrograms) Forget();
        int used = 0, left = rows, next = 0;
        bool all = true;
        while (left > 0)
        {
            if (paths.Count == MostPaths)
                throw new InvalidOperationException($"{name}: the rows take more than {MostPaths} different paths through the function; needs fewer comparisons of numbers that differ from row to row (Maximum, Minimum, Where).");
            if (paths.Count > 0) next = pending[0];
            int index = Record(name, new ReadOnlySpan<T>(data + ((long)next * columns), columns), count, derivatives, single, several);
            if (Program(index).Test is null)
            {
                paths.Add(new(index, all ? -1 : Keep(pending.AsSpan(0, left), ref used), left));
                break;
            }

            if (passed.Length < rows) (passed, failed, pending) = (new int[rows], new int[rows], new int[rows]);
            int pass;
            fixed (int* list = pending)
                pass = Engine.Test(Program(index), new() { Data = data, Columns = columns, Rows = left, List = all ? null : list }, passed, failed);
            bool isWhole = all && pass == rows;
            paths.Add(new(index, isWhole ? -1 : Keep(passed.AsSpan(0, pass), ref used), pass));
            left -= pass;
            all = false;
            (pending, failed) = (failed, pending);
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(paths);
    }

    /// <summary>The rows of a path.</summary>
    public ReadOnlySpan<int> ListOf(in RowPath path) => path.List < 0 ? default : lists.AsSpan(path.List, path.Rows);

    private int Keep(ReadOnlySpan<int> list, ref int used)
    {
        if (lists.Length < used + list.Length) Array.Resize(ref lists, 2 * (used + list.Length));
        list.CopyTo(lists.AsSpan(used));
        used += list.Length;
        return used - list.Length;
    }

    private int Record(string name, ReadOnlySpan<T> numbers, int count, RowDerivatives derivatives, Func<ReadOnlySpan<Scalar<T>>, Scalar<T>>? single, RowsFunction<T>? several)
    {
        if (row.Length < numbers.Length) row = new Scalar<T>[numbers.Length];
        if (results.Length < count) (results, operands) = (new Scalar<T>[count], new RowOperand<T>[count]);
        results.AsSpan(0, count).Clear();
        r.BeginRow(recorder, name, numbers.Length);
        try
        {
            for (int c = 0; c < numbers.Length; c++) row[c] = new(r, r.Push(new Code { Op = Opcode.Constant }, numbers[c]));
            if (single is not null) results[0] = single(row.AsSpan(0, numbers.Length));
            else several!(row.AsSpan(0, numbers.Length), results.AsSpan(0, count));
            for (int i = 0; i < count; i++) operands[i] = recorder.Operand(results[i]);
            return Enter(operands.AsSpan(0, count), derivatives);
        }
        finally { r.EndRow(recorder); }
    }

    // compiled before, or now; then only its uniform steps stay
    private int Enter(ReadOnlySpan<RowOperand<T>> found, RowDerivatives derivatives)
    {
        int index = 0;
        while (index < programs.Count && programs[index]?.Matches(r, recorder, found, derivatives) != true) index++;
        if (index == programs.Count)
        {
            RowProgram<T> compiled = RowCompiler<T>.Compile(r, recorder, found, derivatives);
            if (free.TryPop(out int place)) programs[index = place] = compiled;
            else programs.Add(compiled);
        }

        RowProgram<T> program = Program(index);
        program.LastCall = calls;
        for (int i = 0; i < program.Kept.Length; i++)
        {
            int from = recorder.Base + program.Kept[i], to = recorder.Base + i;
            Code code = r.Codes[from];
            int slots = Recording<T>.SlotCount(code.Op);
            if (slots > 0) code.A = Moved(code.A, program.Kept);
            if (slots > 1) code.B = Moved(code.B, program.Kept);
            if (slots > 2) code.C = Moved(code.C, program.Kept);
            (r.Codes[to], r.Values[to]) = (code, r.Values[from]);
        }

        r.KeepOfRow(recorder, program.Kept);
        return index;
    }

    // a recording that changes in every step leaves programs behind: those go that no step has and that no call has met since the last time
    private void Forget()
    {
        var isOnTape = new bool[programs.Count];
        RowsRule<T>.FindPrograms(r, isOnTape);
        for (int i = 0; i < programs.Count; i++)
        {
            if (isOnTape[i] || programs[i] is not { } program || program.LastCall >= lastForgotten) continue;
            programs[i] = null;
            free.Push(i);
        }

        (lastForgotten, mostPrograms) = (calls, ProgramCount + Spare);
    }

    private int Moved(int slot, int[] kept) => slot < recorder.Base ? slot : recorder.Base + Array.BinarySearch(kept, slot - recorder.Base);
}
