using System.Numerics;

namespace Autodiff;

/// <summary>The elements at given places: yᵢ = x[placeᵢ], the places counted row-major through the whole of x.</summary>
/// <remarks>Shapes: any → the target, of as many elements as there are places. x̄ = ȳ added up at the places (<see cref="PlaceElements"/>).</remarks>
internal readonly record struct PickElements(IntegerList Places, Shape Target) : IOperation<PickElements>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, IntegerList places, in Shape target) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new PickElements(places, target), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<int> places = step.Integers(Places);
        ReadOnlySpan<T> x = step[0];
        Span<T> y = step.Output;
        for (int i = 0; i < places.Length; i++) y[i] = x[places[i]];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, PlaceElements.Of(step.Cotangent, Places, step.Shape(0)));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("one of them twice", x => Of(x[0], x[0].Store([4, 0, 4, 2]), [2, 2]), Sample.Of(2, 3))];
}
