using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The product of all other elements along one axis, zᵢ = Π xₖ over k ≠ i: the derivative of <see cref="Product"/>.</summary>
/// <remarks>Shapes: x's. z = p·s, the products of what comes before and after, so x̄ is the sum of the pulls of two running products.</remarks>
internal readonly record struct ProductOfOthers(int Axis) : IOperation<ProductOfOthers>
{
    public static Saved Saves => Saved.A;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, int n, int inner) = step.Shape(0).Around(Axis);
        Scans.ProductOfOthers(step[0], step.Output, outer, n, inner);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var forth = new CumProd(Axis, false);
        var back = new CumProd(Axis, true);
        Variable<T> x = step[0], p = forth.Before(Variable<T>.Apply(forth, x)), s = back.Before(Variable<T>.Apply(back, x));

        // p and s are the running products moved by one, so their cotangents move back
        Variable<T> pBar = Variable<T>.Apply(new Shift(Axis, -1, 0), Variable<T>.Apply<Chain>(step.Cotangent, s));
        Variable<T> sBar = Variable<T>.Apply(new Shift(Axis, 1, 0), Variable<T>.Apply<Chain>(step.Cotangent, p));
        step.Accumulate(0, forth.Pull(x, p, pBar));
        step.Accumulate(0, back.Pull(x, s, sBar));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("inner axis", x => Variable<T>.Apply(new ProductOfOthers(1), x[0]), Sample.Of(2, 3)),
        new("outer axis", x => Variable<T>.Apply(new ProductOfOthers(0), x[0]), Sample.Of(4, 2)),
        new("zeros", x => Variable<T>.Apply(new ProductOfOthers(1), x[0] * x[1]), Sample.Of(2, 4), Sample.In(Domain.Binary, 2, 4)),
    ];
}
