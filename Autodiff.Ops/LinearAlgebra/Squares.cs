using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>What operations on square matrices share: the shape check, identities, and well-conditioned matrices for their cases.</summary>
internal static class Squares
{
    /// <summary>The shape, if its last two axes are equally long.</summary>
    public static Shape Check(string op, in Shape a)
        => a.Rank >= 2 && a[-1] == a[-2] ? a : throw new ShapeException($"{op}: a is {a}; needs a square matrix or a batch of them, [..., n, n].");

    /// <summary>The number of matrices of a shape.</summary>
    public static int Count(in Shape a)
    {
        int count = 1;
        for (int i = 0; i < a.Rank - 2; i++) count *= a.Lengths[i];
        return count;
    }

    /// <summary>The result of a system op(A)·X = B, with its batches broadcast.</summary>
    public static Shape System(string op, in Shape a, in Shape b)
    {
        Check(op, a);
        if (b.Rank < 2 || b[-2] != a[-1]) throw Misfit(op, a, b);
        Shape batch = Shape.Broadcast(op, a.Lengths[..^2], b.Lengths[..^2]);
        return batch.Inserted(batch.Rank, b[-2]).Inserted(batch.Rank + 1, b[-1]);
    }

    /// <summary>Numbers [...], one for each matrix, as [..., 1, 1].</summary>
    public static Variable<T> AsMatrices<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        return x.Reshape(shape.Inserted(shape.Rank, 1).Inserted(shape.Rank + 1, 1));
    }

    /// <summary>Records a system; a vector b is a column whose axis goes again.</summary>
    public static Variable<T> Apply<TOp, T>(string op, TOp system, Variable<T> a, Variable<T> b)
        where TOp : unmanaged, IOperation<TOp> where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sa = Check(op, a.Shape), sb = b.Shape;
        if (sb.Rank != 1) return Variable<T>.Apply(system, a, b);
        if (sb[0] != sa[-1]) throw Misfit(op, sa, sb);
        Recording<T> r = b.Recording!;
        (int steps, int nodes, int attributes) = (r.Count, r.NodeCount, r.Attributes.Length);
        try { return Variable<T>.Apply(system, a, b.Reshape([sb[0], 1])).Reshape(sa.Lengths[..^1]); }
        catch
        {
            r.DropTemporaries(steps, nodes, attributes);   // the column
            throw;
        }
    }

    /// <summary>A constant value·I [n, n] on the tape of x.</summary>
    public static Variable<T> Diagonal<T>(string op, Variable<T> x, int n, double value) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Recording<T> r = x.Recording ?? throw new InvalidOperationException($"{op}: a plain number is on no tape; needs a variable of a tape.");
        Span<T> identity = Workspace<T>.Factors(n * n);
        identity.Clear();
        for (int i = 0; i < n; i++) identity[i * (n + 1)] = T.CreateTruncating(value);
        return r.Tape.Constant(identity, [n, n]);
    }

    /// <summary>x + shift·I: a matrix far from a singular one.</summary>
    public static Variable<T> Shifted<T>(Variable<T> x, double shift) where T : unmanaged, IFloatingPointIeee754<T>
        => x + Diagonal("Shifted", x, x.Shape[-1], shift);

    /// <summary>x·xᵀ + I: a positive definite matrix.</summary>
    public static Variable<T> Positive<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
        => Shifted(Autodiff.MatMul.Of(x, x, false, true), 1);

    /// <summary>The rows of x in the opposite order, so that a factorisation must exchange them.</summary>
    public static Variable<T> Flipped<T>(this Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        Span<int> order = stackalloc int[shape[-2]];
        for (int i = 0; i < order.Length; i++) order[i] = order.Length - 1 - i;
        return x.IndexSelect(order, -2);
    }

    private static ShapeException Misfit(string op, in Shape a, in Shape b)
        => new($"{op}: a is {a}, b is {b}; needs a: [n, n], b: [n, k] (or [n]), with leading axes that broadcast.");
}
