using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The logarithm of a determinant, y = ln det A, or of its absolute value, y = ln |det A|.</summary>
/// <remarks>
/// Shapes: [..., n, n] → [...]; of one matrix a 0-d variable. Ā = ȳ·A⁻ᵀ. A matrix of no rows has 0. A negative determinant gives NaN unless the absolute value
/// is asked for; a singular matrix gives −∞, with a derivative of infinities (where its numbers are indefinite, NaN). A NaN goes on.
/// Sums of logarithms: it overflows for no size. Cost: 2n³/3 operations, 8n³/3 for the derivative.
/// </remarks>
/// <param name="OfAbsolute">Whether the absolute value is taken first.</param>
public readonly record struct LogDet(bool OfAbsolute) : IOperation<LogDet>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("LogDet", inputs[0]).Lengths[..^2];

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[-1];
        for (int i = 0; i < step.Output.Length; i++)
        {
            (T sign, T log) = LuFactors.Determinant(step[0].Slice(i * n * n, n * n), n);
            step.Output[i] = sign < T.Zero && !OfAbsolute ? T.NaN : log;
        }
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply<Chain>(Squares.AsMatrices(step.Cotangent), InverseTransposed.Of(step[0])));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Squares.Shifted(x[0], 5).LogDet(), Sample.Of(3, 3)),
        new("a batch", x => Squares.Shifted(x[0], 5).LogDet(), Sample.Of(2, 2, 2)),
        new("the absolute value", x => Variable<T>.Apply(new LogDet(true), Squares.Shifted(x[0], 5).Flipped()), Sample.Of(3, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LogDet"/>
        /// <exception cref="ShapeException">It is not a square matrix or a batch of them.</exception>
        public Variable<T> LogDet() => Variable<T>.Apply(new LogDet(false), a);
    }
}
