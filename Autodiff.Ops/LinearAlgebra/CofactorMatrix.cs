using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The matrix of cofactors, C = det A · A⁻ᵀ, the derivative of a determinant; it exists for a singular matrix, too.</summary>
/// <remarks>Shapes: [..., n, n] → the same. Ā = W·⟨C̄, C⟩ − W·C̄ᵀ·C, W = A⁻ᵀ: of a singular matrix infinities and NaN.</remarks>
internal readonly record struct CofactorMatrix : IOperation<CofactorMatrix>
{
    public static Saved Saves => Saved.A | Saved.Output;

    public static Variable<T> Of<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T> => Variable<T>.Apply(default(CofactorMatrix), a);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Squares.Check("CofactorMatrix", inputs[0]);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = step.OutputShape;
        int n = shape[-1], count = Squares.Count(shape);
        for (int i = 0; i < count; i++) Cofactors.Of(step[0].Slice(i * n * n, n * n), step.Output.Slice(i * n * n, n * n), n);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> c = step.Output, w = InverseTransposed.Of(step[0]), cBar = step.Cotangent;
        Variable<T> inner = Variable<T>.Apply<Chain>(cBar, c).Sum(-1, keepDims: true).Sum(-2, keepDims: true);
        step.Accumulate(0, (w * inner) - Autodiff.MatMul.Of(Autodiff.MatMul.Of(w, cBar, false, true), c, false, false));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a matrix", x => Of(Squares.Shifted(x[0], 4)), Sample.Of(3, 3)),
        new("a batch", x => Of(Squares.Shifted(x[0], 4).Flipped()), Sample.Of(2, 2, 2)),
    ];
}
