using System.Numerics;

namespace Autodiff.Tests;

/// <summary>Broadcasting as the definition says it, index by index.</summary>
internal static class Naive
{
    public static Shape Broadcast(params Shape[] shapes)
    {
        int rank = shapes.Max(s => s.Rank);
        int[] lengths = new int[rank];
        Array.Fill(lengths, 1);
        foreach (Shape s in shapes)
            for (int i = 0; i < s.Rank; i++)
                if (s.Lengths[i] != 1) lengths[rank - s.Rank + i] = s.Lengths[i];
        return lengths;
    }

    /// <summary>The place in an operand that belongs to a place in the result.</summary>
    public static int Place(in Shape result, in Shape operand, int place)
    {
        int at = 0, stride = 1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int index = place % result.Lengths[^axis];
            place /= result.Lengths[^axis];
            if (axis > operand.Rank) continue;
            if (operand.Lengths[^axis] != 1) at += index * stride;
            stride *= operand.Lengths[^axis];
        }

        return at;
    }

    /// <summary>y = f(a, b, c) over a broadcast, and the gradients of ⟨u, y⟩.</summary>
    public static (T[] Value, T[][] Bars) Run<E, T>(Shape[] shapes, T[][] x, ReadOnlySpan<T> u)
        where E : struct, IElementwise where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape result = Broadcast(shapes);
        T[] value = new T[result.Size];
        T[][] bars = [.. x.Select(v => new T[v.Length])];
        int[] at = new int[3];
        for (int i = 0; i < value.Length; i++)
        {
            for (int k = 0; k < shapes.Length; k++) at[k] = Place(result, shapes[k], i);
            One<T> a = new(x[0][at[0]]), b = E.Arity > 1 ? new(x[1][at[1]]) : a, c = E.Arity > 2 ? new(x[2][at[2]]) : a, y = E.Primal(a, b, c);
            value[i] = y.Value;
            bars[0][at[0]] += u[i] * E.Partial<One<T>, OperandA>(a, b, c, y).Value;
            if (E.Arity > 1) bars[1][at[1]] += u[i] * E.Partial<One<T>, OperandB>(a, b, c, y).Value;
            if (E.Arity > 2) bars[2][at[2]] += u[i] * E.Partial<One<T>, OperandC>(a, b, c, y).Value;
        }

        return (value, bars);
    }
}
