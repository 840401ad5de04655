using System.Numerics;

namespace Autodiff;

/// <summary>A tensor of zeros with one number at a place: the transpose of taking an element.</summary>
/// <remarks>x̄ = the element of ȳ at the place. Cost: the size of the result, for each element taken under a recorded sweep.</remarks>
internal readonly record struct PlaceElement(int Place, Shape Target) : IOperation<PlaceElement>
{
    public static Saved Saves => Saved.Nothing;

    public static Variable<T> Of<T>(Variable<T> x, int place, in Shape target) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new PlaceElement(place, target), x);

    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.Output.Clear();
        step.Output[Place] = step[0][0];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, step.Cotangent.At(Place));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("in a matrix", x => Of(x[0], 4, [2, 3]), Sample.Of())];
}
