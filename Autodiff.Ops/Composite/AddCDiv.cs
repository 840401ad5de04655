namespace Autodiff;

/// <summary>A number plus a weighted quotient: y = a + value·(b/c).</summary>
/// <remarks>∂y/∂a = 1, ∂y/∂b = value/c, ∂y/∂c = −value·b/c². Shapes broadcast. It is made of operators: NaN gives NaN, and edges are theirs. Of PyTorch's name, for step rules that are copied from
/// there.</remarks>
public readonly struct AddCDiv : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
    [
        new("of one shape", x => x[0].AddCDiv(x[1], x[2]), Sample.Of(2, 3), Sample.Of(2, 3), Sample.In(Domain.NonZero, 2, 3)),
        new("weighted, with broadcasting", x => x[0].AddCDiv(x[1], x[2], value: -0.75), Sample.Of(2, 3), Sample.Of(3), Sample.In(Domain.NonZero, 2, 1)),
    ];
}

public static partial class Variable
{
    extension<R>(R a) where R : struct, IReal<R>
    {
        /// <inheritdoc cref="Autodiff.AddCDiv"/>
        public R AddCDiv(R b, R c, double value = 1) => value == 1 ? a + (b / c) : a + (R.Of(value) * (b / c));
    }
}
