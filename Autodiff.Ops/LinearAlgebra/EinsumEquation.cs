namespace Autodiff;

/// <summary>
/// An equation, read: the axes of the result, of every operand, and their lengths. An axis is a number: 0 to 51 a letter, 52 and above an axis of the
/// ellipsis, counted from its end. It is read from its characters at every call, without memory of the heap.
/// </summary>
internal ref struct EinsumEquation
{
    public const int Letters = 52;
    private readonly ReadOnlySpan<char> inputs, output;
    private readonly bool hasOutput;
    private readonly Span<int> lengths;
    private int ellipsis;

    /// <summary>Splits it; <paramref name="lengths"/> is room for <see cref="AxisCount"/> lengths.</summary>
    public EinsumEquation(ReadOnlySpan<char> equation, Span<int> lengths)
    {
        this.lengths = lengths;
        lengths.Fill(-1);
        int arrow = equation.IndexOf("->");
        hasOutput = arrow >= 0;
        inputs = hasOutput ? equation[..arrow] : equation;
        output = hasOutput ? equation[(arrow + 2)..] : default;
        Equation = equation;
    }

    public static int AxisCount => Letters + Shape.MaxRank;

    public ReadOnlySpan<char> Equation { get; }

    /// <summary>The number of operands that it names.</summary>
    public readonly int Count => inputs.Count(',') + 1;

    /// <summary>The length of an axis.</summary>
    public readonly int Length(int axis) => lengths[axis];

    /// <summary>Reads the axes of an operand and takes note of their lengths; one of length 1 is repeated, as long as another names the axis.</summary>
    public AxisList Operand(int operand, in Shape shape)
    {
        ReadOnlySpan<char> term = inputs;
        for (int i = 0; i < operand; i++) term = term[(term.IndexOf(',') + 1)..];
        if (term.IndexOf(',') is >= 0 and int end) term = term[..end];
        int named = 0;
        foreach (char c in term) named += char.IsAsciiLetter(c) ? 1 : 0;
        AxisList axes = Read(term, shape.Rank - named);
        if (axes.Count != shape.Rank)
            throw new ShapeException($"Einsum: operand {operand} is {shape}, its part of '{Equation}' is '{term.Trim()}'; needs a letter for each axis, or '...' for those without.");
        ulong seen = 0;
        for (int i = 0; i < axes.Count; i++)
        {
            int axis = axes[i], length = shape.Lengths[i], known = lengths[axis];
            bool twice = (seen & (1UL << axis)) != 0;
            if (known >= 0 && known != length && (twice || (known != 1 && length != 1)))
                throw new ShapeException($"Einsum: operand {operand} is {shape}, in '{Equation}' its axis {i} ('{Name(axis)}') has length {length} and elsewhere {known}; needs one length (or 1).");
            if (known < 0 || known == 1) lengths[axis] = length;
            seen |= 1UL << axis;
        }

        ellipsis = Math.Max(ellipsis, shape.Rank - named);
        return axes;
    }

    /// <summary>
    /// The axes of the result. Without an arrow: those of the ellipsis, then the letters that stand once in all operands, in alphabetical order
    /// (capitals first).
    /// </summary>
    public readonly AxisList Result()
    {
        if (hasOutput)
        {
            AxisList axes = Read(output, ellipsis);
            ulong seen = 0;
            foreach (int axis in axes.Span)
            {
                if (lengths[axis] < 0) throw new ShapeException($"Einsum: the result of '{Equation}' has '{Name(axis)}', which no operand has; needs axes of the operands.");
                if ((seen & (1UL << axis)) != 0) throw new ShapeException($"Einsum: the result of '{Equation}' has '{Name(axis)}' twice; needs each axis once.");
                seen |= 1UL << axis;
            }

            return axes;
        }

        AxisList once = default;
        for (int i = ellipsis; i > 0; i--) once.Add(Letters + i - 1);
        for (int axis = 0; axis < Letters; axis++)
            if (inputs.Count(Name(axis)) == 1) once.Add(axis);
        return once;
    }

    private static char Name(int axis) => axis < 26 ? (char)('A' + axis) : axis < Letters ? (char)('a' + axis - 26) : '.';

    // "..." stands for so many axes
    private readonly AxisList Read(ReadOnlySpan<char> term, int between)
    {
        AxisList axes = default;
        bool dotted = false;
        for (int i = 0; i < term.Length; i++)
        {
            char c = term[i];
            if (char.IsAsciiLetter(c)) axes.Add(c <= 'Z' ? c - 'A' : c - 'a' + 26);
            else if (!dotted && term[i..].StartsWith("..."))
            {
                dotted = true;
                i += 2;
                for (int k = between; k > 0; k--) axes.Add(Letters + k - 1);
            }
            else if (c != ' ')
                throw new ArgumentException($"Einsum: '{c}' stands in '{Equation}'; needs letters, ',', '...' (once in a term) and '->'.");
        }

        return axes;
    }
}
