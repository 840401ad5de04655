using System.Numerics;

namespace Autodiff;

/// <summary>Tensors repeated to the shape that all of them broadcast to.</summary>
/// <remarks>Shapes: any that broadcast → that shape for each. x̄ᵢ = ȳᵢ summed over what was repeated. Nothing is allocated.</remarks>
public readonly struct BroadcastTensors : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a row and a column", x => Product(x[0], x[1]), Sample.Of(3), Sample.Of(2, 1))];

    private static Variable<T> Product<T>(Variable<T> a, Variable<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var results = new Variable<T>[2];
        Variable.BroadcastTensors([a, b], results);
        return results[0] * results[1];
    }
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.BroadcastTensors"/>
    /// <param name="inputs">The tensors.</param>
    /// <param name="results">Where the results go, one place for each.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast, or there are not as many places.</exception>
    public static void BroadcastTensors<T>(ReadOnlySpan<Variable<T>> inputs, Span<Variable<T>> results) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs.Length != results.Length) throw new ShapeException($"BroadcastTensors: {inputs.Length} tensors came, {results.Length} places; needs a place for each.");
        Shape shape = [];
        foreach (Variable<T> x in inputs) shape = Shape.Broadcast("BroadcastTensors", shape, x.Shape);
        for (int i = 0; i < inputs.Length; i++) results[i] = inputs[i].Shape == shape ? inputs[i] : inputs[i].BroadcastTo(shape);
    }
}
