using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>The greatest of each window of the planes of x, and where it was.</summary>
/// <remarks>
/// Shapes: [batch, channels, h, w] → [batch, channels, oh, ow]. x̄ = ȳ added up at the places of the maxima (<see cref="PlaceElements"/>).
/// At ties the first of the window, row by row, gets all; a NaN wins.
/// </remarks>
/// <param name="Geometry">Planes, window and stride.</param>
/// <param name="Places">Room for where the maxima were, in the whole of x.</param>
internal readonly record struct MaxPool(PoolShape Geometry, IntegerList Places) : IOperation<MaxPool>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, in PoolShape geometry) where T : unmanaged, IFloatingPointIeee754<T> => Of(x, geometry, out _);

    public static Variable<T> Of<T>(Variable<T> x, in PoolShape geometry, out IntegerList places) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new MaxPool(geometry, places = x.Reserve(geometry.Planes * geometry.OutputHeight * geometry.OutputWidth)), x);

    /// <summary>The same of windows that reach over the edges, or whose elements stand apart.</summary>
    public static Variable<T> Of<T>(Variable<T> x, in PaddedWindows windows, out IntegerList places) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape target = [x.Shape[0], x.Shape[1], windows.Rows.Count, windows.Columns.Count];
        places = x.Reserve(target.Size);
        windows.Maxima(x.Values, x.Recording!.Attributes.Integers(places.Start, places.Count));
        return PickElements.Of(x, places, target);
    }

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], inputs[0][1], Geometry.OutputHeight, Geometry.OutputWidth];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => Pooling.Max(step[0], step.Output, step.Integers(Places), Geometry);

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, PlaceElements.Of(step.Cotangent, Places, step.Shape(0)));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        // few elements, far apart: differences must not cross a tie
        [new("unequal sides", x => Of(x[0], new PoolShape(1, 3, 3, 2, 1, 1, 2)), Sample.Of(1, 1, 3, 3)) { Selects = true, Spacing = 0.25 }];
}
