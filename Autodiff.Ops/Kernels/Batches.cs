namespace Autodiff.Kernels;

/// <summary>Which matrix of each operand belongs to the i-th of a broadcast batch; the last two axes of each shape are the matrices'.</summary>
internal readonly struct Batches(Shape result, Shape a, Shape b)
{
    /// <summary>The number of products.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            for (int axis = 3; axis <= result.Rank; axis++) count *= result.Lengths[^axis];
            return count;
        }
    }

    /// <summary>The places of the i-th product's operands, counted in matrices.</summary>
    public (int A, int B) At(int i)
    {
        int atA = 0, atB = 0, strideA = 1, strideB = 1;
        for (int axis = 3; axis <= result.Rank; axis++)
        {
            (i, int index) = Math.DivRem(i, result.Lengths[^axis]);
            if (axis <= a.Rank && a.Lengths[^axis] > 1) atA += index * strideA;
            if (axis <= b.Rank && b.Lengths[^axis] > 1) atB += index * strideB;
            if (axis <= a.Rank) strideA *= a.Lengths[^axis];
            if (axis <= b.Rank) strideB *= b.Lengths[^axis];
        }

        return (atA, atB);
    }
}
