namespace Autodiff;

/// <summary>
/// How up to three operands are laid over a result: axes that behave alike are merged, the innermost is a row in which every operand
/// has stride 1 or 0.
/// </summary>
internal unsafe struct Broadcasting
{
    /// <summary>The elements of a part of shared work: a few microseconds of the cheapest op.</summary>
    private const int SharedElements = 1 << 15;

    private fixed int lengths[Shape.MaxRank];
    private fixed int strides[3 * Shape.MaxRank];
    private int rank;

    /// <summary>The number of rows, and the elements of each.</summary>
    public int Rows, Inner;

    public Broadcasting(in Shape result, in Shape a, in Shape b, in Shape c)
    {
        Inner = 1;
        Span<int> run = [1, 1, 1];
        int last = -1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int length = result.Lengths[^axis];
            if (length != 1)
            {
                int sa = Step(a, axis, ref run[0]), sb = Step(b, axis, ref run[1]), sc = Step(c, axis, ref run[2]);
                if (last >= 0 && Continues(last, sa, sb, sc)) lengths[last] *= length;
                else
                {
                    last = rank++;
                    lengths[last] = length;
                    (strides[last], strides[Shape.MaxRank + last], strides[(2 * Shape.MaxRank) + last]) = (sa, sb, sc);
                }
            }
        }

        Rows = result.Size == 0 ? 0 : 1;
        if (rank > 0) Inner = lengths[0];
        for (int i = 1; i < rank && Rows > 0; i++) Rows *= lengths[i];
    }

    /// <summary>Whether so many elements are enough for threads to share the work, and there are threads.</summary>
    public static bool IsShared(long elements) => elements >= 2 * SharedElements && Parallelism.Threads > 1;

    /// <summary>Operands that all have the result's shape: one row.</summary>
    public static Broadcasting Same(int size)
    {
        Broadcasting plan = new() { Rows = size == 0 ? 0 : 1, Inner = size, rank = 1 };
        plan.lengths[0] = size;
        for (int k = 0; k < 3; k++) plan.strides[k * Shape.MaxRank] = 1;
        return plan;
    }

    /// <summary>Into how many parts the work is split where threads share it; 1 where it is too small for that, or nobody is there to share.</summary>
    public readonly int Parts
    {
        get
        {
            if (!IsShared((long)Rows * Inner)) return 1;
            return Rows == 1 ? Divided(Inner, SharedElements) : Divided(Rows, RowsOfAPart);
        }
    }

    /// <summary>Whether all rows are at even distances and an operand is the same row in each of them.</summary>
    public readonly bool SumsRows(int operand) => rank == 2 && strides[(operand * Shape.MaxRank) + 1] == 0;

    /// <summary>The distance of an operand from one row to the next, where there is one axis of rows.</summary>
    public readonly int NextRow(int operand) => strides[(operand * Shape.MaxRank) + 1];

    /// <summary>All of the work.</summary>
    public readonly Part Whole => new(0, Rows, 0, Inner);

    /// <summary>The stride of an operand along the row: 1 or 0.</summary>
    public readonly int InnerStride(int operand) => rank == 0 ? 0 : strides[operand * Shape.MaxRank];

    /// <summary>The part of a number: some elements of a single row, or some whole rows.</summary>
    public readonly Part Of(int part)
    {
        if (Rows == 1) return new(0, 1, part * SharedElements, Math.Min(SharedElements, Inner - (part * SharedElements)));
        int first = part * RowsOfAPart;
        return new(first, Math.Min(RowsOfAPart, Rows - first), 0, Inner);
    }

    /// <summary>The counter at a row.</summary>
    public readonly Counter At(int row)
    {
        Counter counter = default;
        if (row > 0) counter.Advance(this, row);
        return counter;
    }

    public readonly RowOf<T> Row<T>(in Counter at, T* a, T* b, T* c, int start) where T : unmanaged => new()
    {
        A = a + at.Offset(0) + (start * InnerStride(0)),
        B = b + at.Offset(1) + (start * InnerStride(1)),
        C = c + at.Offset(2) + (start * InnerStride(2)),
        StrideA = InnerStride(0),
        StrideB = InnerStride(1),
        StrideC = InnerStride(2),
    };

    private readonly int RowsOfAPart => Divided(SharedElements, Math.Max(1, Inner));

    private static int Divided(int count, int size) => (int)(((long)count + size - 1) / size);

    // the stride of an operand along an axis counted from the end, and the elements it has inside of it
    private static int Step(in Shape shape, int axisFromEnd, ref int run)
    {
        int length = axisFromEnd <= shape.Rank ? shape.Lengths[^axisFromEnd] : 1, stride = length == 1 ? 0 : run;
        run *= length;
        return stride;
    }

    private readonly bool Continues(int inner, int sa, int sb, int sc)
        => sa == strides[inner] * lengths[inner]
        && sb == strides[Shape.MaxRank + inner] * lengths[inner]
        && sc == strides[(2 * Shape.MaxRank) + inner] * lengths[inner];

    /// <summary>Some of the rows, or some elements of one.</summary>
    internal readonly record struct Part(int Row, int Rows, int Start, int Length);

    /// <summary>Counts through the rows and keeps each operand's offset.</summary>
    internal struct Counter
    {
        private fixed int index[Shape.MaxRank];
        private fixed int offset[3];

        public readonly int Offset(int operand) => offset[operand];

        public void Advance(in Broadcasting plan, int rows)
        {
            for (int axis = 1; axis < plan.rank; axis++)
            {
                (rows, index[axis]) = Math.DivRem(rows, plan.lengths[axis]);
                for (int k = 0; k < 3; k++) offset[k] += index[axis] * plan.strides[(k * Shape.MaxRank) + axis];
            }
        }

        public void Next(in Broadcasting plan)
        {
            for (int axis = 1; axis < plan.rank; axis++)
            {
                for (int k = 0; k < 3; k++) offset[k] += plan.strides[(k * Shape.MaxRank) + axis];
                if (++index[axis] < plan.lengths[axis]) return;
                for (int k = 0; k < 3; k++) offset[k] -= plan.strides[(k * Shape.MaxRank) + axis] * plan.lengths[axis];
                index[axis] = 0;
            }
        }
    }
}
