using System.Numerics;

namespace Autodiff;

/// <summary>One triangle of a matrix, its diagonal scaled, zeros elsewhere: what derivatives of triangular factors are made of.</summary>
/// <remarks>Shapes: [..., n, n] → the same. x̄ is the same triangle of ȳ.</remarks>
/// <param name="Lower">Whether the lower triangle is kept.</param>
/// <param name="Diagonal">The factor of the diagonal.</param>
internal readonly record struct TriangularPart(bool Lower, double Diagonal) : IOperation<TriangularPart>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, bool lower, double diagonal) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new TriangularPart(lower, diagonal), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("TriangularPart", inputs[0]);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[-1];
        T diagonal = T.CreateTruncating(Diagonal);
        for (int row = 0; row < step.Output.Length; row += Math.Max(n, 1))
        {
            int i = row / n % n;
            ReadOnlySpan<T> x = step[0].Slice(row, n);
            Span<T> y = step.Output.Slice(row, n);
            y.Clear();
            if (Lower) x[..i].CopyTo(y);
            else x[(i + 1)..].CopyTo(y[(i + 1)..]);
            if (Diagonal != 0) y[i] = x[i] * diagonal;
        }
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, Variable<T>.Apply(this, step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("lower", x => Of(x[0], true, 1), Sample.Of(3, 3)),
        new("upper, half a diagonal, a batch", x => Of(x[0], false, 0.5), Sample.Of(2, 3, 3)),
        new("strictly lower", x => Of(x[0], true, 0), Sample.Of(3, 3)),
    ];
}
