using System.Numerics;

namespace Autodiff;

/// <summary>Zeros, with the elements of x added at given places: y[placeᵢ] += xᵢ, the places counted row-major through the whole of y.</summary>
/// <remarks>Shapes: any, of as many elements as there are places → the target. x̄ = ȳ at the places: the transpose of <see cref="PickElements"/>.</remarks>
internal readonly record struct PlaceElements(IntegerList Places, Shape Target) : IOperation<PlaceElements>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, IntegerList places, in Shape target) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new PlaceElements(places, target), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> places = step.Integers(Places);
        ReadOnlySpan<T> x = step[0];
        Span<T> y = step.Output;
        y.Clear();
        for (int i = 0; i < places.Length; i++) y[places[i]] += x[i];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, PickElements.Of(step.Cotangent, Places, step.Shape(0)));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("two at one place", x => Of(x[0], x[0].Store([4, 0, 4, 2]), [2, 3]), Sample.Of(2, 2))];
}
