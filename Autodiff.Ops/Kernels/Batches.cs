namespace Autodiff.Kernels;

/// <summary>Which matrix of each operand belongs to the i-th of a broadcast batch.</summary>
internal readonly struct Batches(Shape result, Shape a, Shape b)
{
    /// <summary>The number of products.</summary>
    public int Count => result.Size;

    /// <summary>The places of the i-th product's operands, counted in matrices.</summary>
    public (int A, int B) At(int i)
    {
        int atA = 0, atB = 0, strideA = 1, strideB = 1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int length = result.Lengths[^axis], index = i % length;
            i /= length;
            if (axis <= a.Rank && a.Lengths[^axis] > 1) atA += index * strideA;
            if (axis <= b.Rank && b.Lengths[^axis] > 1) atB += index * strideB;
            if (axis <= a.Rank) strideA *= a.Lengths[^axis];
            if (axis <= b.Rank) strideB *= b.Lengths[^axis];
        }

        return (atA, atB);
    }
}
