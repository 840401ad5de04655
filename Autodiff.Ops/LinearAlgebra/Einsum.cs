using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Einstein summation: every letter of the equation is an axis; the result is the product of all operands, summed over the axes that the result does not name.
/// </summary>
/// <remarks>
/// Shapes: "ij,jk->ik" is the matrix product, "ii->i" a diagonal, "bij->bji" a transpose, "i,j->ij" the outer product, "ij->" the sum of everything. "..." stands for
/// axes that broadcast. Without "->" the result has the axes of "...", then the letters that stand once, in alphabetical order. Where an operand's length is 1
/// and another's is not, it is repeated.
/// Operands are joined two by two, those first whose product is smallest, each pair as one matrix product of rearranged operands: the derivatives are those
/// of these steps. At most 32 operands, and 8 axes in everything on the way.
/// </remarks>
public readonly struct Einsum : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix product", x => Variable.Einsum("ij,jk->ik", [x[0], x[1]]), Sample.Of(2, 3), Sample.Of(3, 2)),
        new("a batch, summed", x => Variable.Einsum("bij,bjk->ik", [x[0], x[1]]), Sample.Of(2, 2, 3), Sample.Of(2, 3, 2)),
        new("three vectors", x => Variable.Einsum("i,j,k->kij", [x[0], x[1], x[2]]), Sample.Of(2), Sample.Of(3), Sample.Of(2)),
        new("a diagonal", x => Variable.Einsum("ibi->bi", [x[0]]), Sample.Of(3, 2, 3)),
        new("a trace of a product", x => Variable.Einsum("ij,ji", [x[0], x[1]]), Sample.Of(2, 3), Sample.Of(3, 2)),
        new("an ellipsis", x => Variable.Einsum("...ij,...kj->...ki", [x[0], x[1]]), Sample.Of(2, 1, 2, 3), Sample.Of(3, 2, 3)),
        new("axes that are only summed", x => Variable.Einsum("aij,kbj->ik", [x[0], x[1]]), Sample.Of(2, 2, 3), Sample.Of(2, 2, 3)),
        new("a chain", x => Variable.Einsum("ij,jk,kl->il", [x[0], x[1], x[2]]), Sample.Of(2, 3), Sample.Of(3, 4), Sample.Of(4, 1)),
        new("a length of 1", x => Variable.Einsum("bij,bj->bi", [x[0], x[1]]), Sample.Of(2, 2, 3), Sample.Of(1, 3)),
        new("a permutation", x => Variable.Einsum("abc->cab", [x[0]]), Sample.Of(2, 3, 2)),
    ];

    /// <summary>One operand on its way: its tensor and its axes.</summary>
    internal struct Term<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Variable<T> Tensor;
        public AxisList Axes;
    }

    /// <summary>Room for the operands.</summary>
    [InlineArray(MaxCount)]
    internal struct Terms<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public const int MaxCount = 32;
        private Term<T> first;
    }

    /// <summary>The result of an equation over its operands.</summary>
    internal static Variable<T> Of<T>(ReadOnlySpan<char> text, ReadOnlySpan<Variable<T>> operands) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var equation = new EinsumEquation(text, stackalloc int[EinsumEquation.AxisCount]);
        if (operands.Length != equation.Count || operands.Length > Terms<T>.MaxCount)
            throw new ArgumentException($"Einsum: '{text}' names {equation.Count} operands, {operands.Length} came; needs as many as it names, at most {Terms<T>.MaxCount}.");
        Terms<T> room = default;
        Span<Term<T>> terms = ((Span<Term<T>>)room)[..operands.Length];
        for (int i = 0; i < terms.Length; i++) terms[i] = new() { Tensor = operands[i], Axes = equation.Operand(i, operands[i].Shape) };
        AxisList result = equation.Result();
        for (int i = 0; i < terms.Length; i++) EinsumSteps.TakeDiagonals(ref terms[i], equation);
        for (int i = 0; i < terms.Length; i++) EinsumSteps.SumAlone(ref terms[i], result.Set | Others(terms, i, -1));
        while (terms.Length > 1)
        {
            (int a, int b) = Smallest(terms, result.Set, equation);
            terms[a] = EinsumSteps.Join(terms[a], terms[b], result.Set | Others(terms, a, b), equation);
            terms[b] = terms[^1];
            terms = terms[..^1];
        }

        return EinsumSteps.Arranged(terms[0], result);
    }

    private static (int A, int B) Smallest<T>(ReadOnlySpan<Term<T>> terms, ulong result, in EinsumEquation equation) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int, int) best = (0, 1);
        double least = double.PositiveInfinity;
        for (int b = 1; terms.Length > 2 && b < terms.Length; b++)
            for (int a = 0; a < b; a++)
            {
                ulong left = (terms[a].Axes.Set | terms[b].Axes.Set) & (result | Others(terms, a, b));
                double size = BitOperations.PopCount(left) > Shape.MaxRank ? double.MaxValue : 1;
                for (; left != 0 && size < double.MaxValue; left &= left - 1) size *= equation.Length(BitOperations.TrailingZeroCount(left));
                if (size < least) (least, best) = (size, (a, b));
            }

        return best;
    }

    // the axes of all terms but two
    private static ulong Others<T>(ReadOnlySpan<Term<T>> terms, int a, int b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ulong set = 0;
        for (int i = 0; i < terms.Length; i++)
            if (i != a && i != b) set |= terms[i].Axes.Set;
        return set;
    }
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.Einsum"/>
    /// <param name="equation">The axes of each operand, separated by commas, and of the result: "ij,jk->ik".</param>
    /// <param name="operands">The operands, in the order of the equation.</param>
    /// <exception cref="ShapeException">The shapes do not fit the equation, or the result has an axis that no operand has, or one twice.</exception>
    /// <exception cref="ArgumentException">The equation cannot be read, or the number of operands is not what it names.</exception>
    public static Variable<T> Einsum<T>(string equation, ReadOnlySpan<Variable<T>> operands) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(equation);
        return Autodiff.Einsum.Of(equation, operands);
    }
}
