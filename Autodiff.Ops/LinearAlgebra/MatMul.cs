using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Matrix product: Y = op(A)·op(B), op being the transpose where it is asked for.</summary>
/// <remarks>
/// Shapes: [m, k]·[k, n] → [m, n]; leading axes are batches and broadcast. Ā = Ȳ·Bᵀ, B̄ = Aᵀ·Ȳ, without a transpose in memory; a batch
/// that was broadcast is summed by the engine. k = 0 gives zeros.
/// </remarks>
/// <param name="TransposeA">Whether A is stored [k, m].</param>
/// <param name="TransposeB">Whether B is stored [n, k].</param>
public readonly record struct MatMul(bool TransposeA, bool TransposeB) : IOperation<MatMul>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static bool Adds => true;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs)
    {
        Shape a = inputs[0], b = inputs[1];
        if (a.Rank < 2 || b.Rank < 2) throw Misfit(a, b);
        int m = a[TransposeA ? -1 : -2], k = a[TransposeA ? -2 : -1], n = b[TransposeB ? -2 : -1];
        if (k != b[TransposeB ? -1 : -2]) throw Misfit(a, b);
        if (a.Rank == 2 && b.Rank == 2) return [m, n];
        Shape batch = Batch(a, b);
        return batch.Inserted(batch.Rank, m).Inserted(batch.Rank + 1, n);
    }

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape a = step.Shape(0), b = step.Shape(1), y = step.OutputShape;
        int m = y[-2], n = y[-1], k = a[TransposeA ? -2 : -1];
        MatrixProducts.Multiply(new Batches(y, a, b), step[0], step[1], step.Output, new ProductShape(m, k, n, TransposeA, TransposeB, step.Adds));
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Y = A·B: Ā = Ȳ·Bᵀ; with A stored transposed, Āᵀ = B·Ȳᵀ; likewise for B
        Variable<T> yBar = step.Cotangent;
        if (TransposeA) step.Accumulate(0, new MatMul(TransposeB, true), step[1], yBar);
        else step.Accumulate(0, new MatMul(false, !TransposeB), yBar, step[1]);
        if (TransposeB) step.Accumulate(1, new MatMul(true, TransposeA), yBar, step[0]);
        else step.Accumulate(1, new MatMul(!TransposeA, false), step[0], yBar);
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("matrices", x => x[0].MatMul(x[1]), Sample.Of(2, 3), Sample.Of(3, 4)),
        new("matrix and vector", x => x[0].MatMul(x[1]), Sample.Of(2, 3), Sample.Of(3)),
        new("vector and matrix", x => x[0].MatMul(x[1]), Sample.Of(3), Sample.Of(3, 4)),
        new("batches", x => x[0].MatMul(x[1]), Sample.Of(2, 2, 3), Sample.Of(2, 3, 2)),
        new("a batch that is broadcast", x => x[0].MatMul(x[1]), Sample.Of(2, 1, 2, 3), Sample.Of(3, 3, 2)),
        new("A transposed", x => Of(x[0], x[1], true, false), Sample.Of(3, 2), Sample.Of(3, 4)),
        new("B transposed", x => Of(x[0], x[1], false, true), Sample.Of(2, 3), Sample.Of(4, 3)),
        new("both transposed", x => Of(x[0], x[1], true, true), Sample.Of(3, 2), Sample.Of(4, 3)),
    ];

    /// <summary>op(A)·op(B).</summary>
    internal static Variable<T> Of<T>(Variable<T> a, Variable<T> b, bool transposeA, bool transposeB) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new MatMul(transposeA, transposeB), a, b);

    internal static ShapeException Misfit(in Shape a, in Shape b)
        => new($"MatMul: a is {a}, b is {b}; needs a: [m, k], b: [k, n] (or [k]), with leading axes that broadcast.");

    private static Shape Leading(in Shape x) => x.Lengths[..^2];

    private static Shape Batch(in Shape a, in Shape b) => Autodiff.Shape.Broadcast("MatMul", Leading(a), Leading(b));
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MatMul"/>
        /// <param name="b">[k, n], or a vector [k]; leading axes broadcast.</param>
        /// <exception cref="ShapeException">The inner lengths differ, or the batches do not broadcast.</exception>
        public Variable<T> MatMul(Variable<T> b)
        {
            Shape sa = a.Shape, sb = b.Shape;
            if (sa.Rank == 0 || sb.Rank == 0 || sa[-1] != sb[sb.Rank == 1 ? 0 : -2]) throw Autodiff.MatMul.Misfit(sa, sb);
            if (sa.Rank > 2 && sb.Rank == 2 && sa.Size > 0)
            {
                // one matrix for a whole batch: the batch's rows are rows of one matrix, and its gradient is one product
                Variable<T> rows = Autodiff.MatMul.Of(a.Reshape([-1, sa[-1]]), b, false, false);
                return rows.Reshape(sa.With(sa.Rank - 1, sb[1]));
            }

            if (sa.Rank > 1 && sb.Rank > 1) return Autodiff.MatMul.Of(a, b, false, false);

            // a vector is a row on the left, a column on the right, and its axis goes again
            Variable<T> y = Autodiff.MatMul.Of(sa.Rank == 1 ? a.Reshape([1, sa[0]]) : a, sb.Rank == 1 ? b.Reshape([sb[0], 1]) : b, false, false);
            Shape shape = y.Shape;
            if (sb.Rank == 1) shape = shape.Without(shape.Rank - 1);
            if (sa.Rank == 1) shape = shape.Without(shape.Rank - (sb.Rank == 1 ? 1 : 2));
            return y.Reshape(shape);
        }
    }
}
