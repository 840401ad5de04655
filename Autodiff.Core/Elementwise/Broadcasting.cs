namespace Autodiff;

/// <summary>
/// How up to three operands are laid over a result: axes that behave alike are merged, the innermost is a row in which every operand
/// has stride 1 or 0.
/// </summary>
internal unsafe struct Broadcasting
{
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

    /// <summary>Operands that all have the result's shape: one row.</summary>
    public static Broadcasting Same(int size)
    {
        Broadcasting plan = new() { Rows = size == 0 ? 0 : 1, Inner = size, rank = 1 };
        plan.lengths[0] = size;
        for (int k = 0; k < 3; k++) plan.strides[k * Shape.MaxRank] = 1;
        return plan;
    }

    /// <summary>The stride of an operand along the row: 1 or 0.</summary>
    public readonly int InnerStride(int operand) => rank == 0 ? 0 : strides[operand * Shape.MaxRank];

    public readonly RowOf<T> Row<T>(in Counter at, T* a, T* b, T* c) where T : unmanaged => new()
    {
        A = a + at.Offset(0),
        B = b + at.Offset(1),
        C = c + at.Offset(2),
        StrideA = InnerStride(0),
        StrideB = InnerStride(1),
        StrideC = InnerStride(2),
    };

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

    /// <summary>Counts through the rows and keeps each operand's offset.</summary>
    internal struct Counter
    {
        private fixed int index[Shape.MaxRank];
        private fixed int offset[3];

        public readonly int Offset(int operand) => offset[operand];

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
