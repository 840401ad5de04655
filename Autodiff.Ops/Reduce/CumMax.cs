using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The running maximum along one axis: yᵢ = max (x₀, …, xᵢ).</summary>
/// <remarks>Shapes: x's. x̄ₖ = Σ ȳᵢ over the i for which xₖ is the first greatest of x₀ … xᵢ: the places are constants. From a NaN on all results are NaN, and
/// the first one has their derivative.</remarks>
public readonly struct CumMax : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("middle axis", x => x[0].CumMax(1), Sample.In(Domain.In((-6, 6)), 2, 3, 2)) { Selects = true, Spacing = 0.4 }];

    internal static Variable<T> Of<T>(Variable<T> x, int axis, out IntegerList places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape shape = x.Shape;
        axis = shape.Axis("CumMax", axis);
        (int outer, int n, int inner) = shape.Around(axis);
        places = x.Reserve(shape.Size);
        RunningExtremum<T, Greatest<T>>.Run(x.Values, x.Recording!.Attributes.Integers(places.Start, places.Count), outer, n, inner);
        return Variable<T>.Apply(new Gather(axis, shape, places), x);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CumMax"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> CumMax(int axis) => Autodiff.CumMax.Of(x, axis, out _);

        /// <inheritdoc cref="Autodiff.CumMax"/>
        /// <param name="axis">The axis; negative axes count from the end.</param>
        /// <param name="indices">Where along the axis each result stood, row-major in x's shape: constants, good until the tape is reset or rewound.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Variable<T> CumMax(int axis, out ReadOnlySpan<int> indices)
        {
            Variable<T> y = Autodiff.CumMax.Of(x, axis, out IntegerList places);
            indices = x.Recording!.Attributes.Integers(places.Start, places.Count);
            return y;
        }
    }
}
