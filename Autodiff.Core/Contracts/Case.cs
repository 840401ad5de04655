using System.Numerics;

namespace Autodiff;

/// <summary>How one input of a check is drawn: its shape and the domain of its elements.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Domain">Where the elements come from.</param>
public readonly record struct Sample(Shape Shape, Domain Domain)
{
    /// <summary>Elements in [−2, 2].</summary>
    public static Sample Of(params ReadOnlySpan<int> shape) => new(Autodiff.Shape.Create(shape), Domain.Reals);

    /// <summary>Elements of the given domain.</summary>
    public static Sample In(Domain domain, params ReadOnlySpan<int> shape) => new(Autodiff.Shape.Create(shape), domain);
}

/// <summary>A small program that uses an operation, with how its inputs are drawn: what laws and gradient checks run.</summary>
/// <typeparam name="T">The number type.</typeparam>
public sealed class Case<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A program and its inputs.</summary>
    /// <param name="name">What is special about it, in a few words.</param>
    /// <param name="function">The program.</param>
    /// <param name="inputs">How each input is drawn.</param>
    public Case(string name, Func<Variable<T>[], Variable<T>> function, params Sample[] inputs)
        => (Name, Function, Inputs) = (name, function, inputs);

    /// <summary>What is special about it.</summary>
    public string Name { get; }

    /// <summary>The program.</summary>
    public Func<Variable<T>[], Variable<T>> Function { get; }

    /// <summary>How each input is drawn.</summary>
    public IReadOnlyList<Sample> Inputs { get; }

    /// <summary>Whether the result selects elements of its single input (max, pooling), so that Σx̄ = Σȳ.</summary>
    public bool Selects { get; init; }

    /// <summary>The distance that elements of one input are kept apart, so that differences do not cross a tie; 0: none.</summary>
    public double Spacing { get; init; }
}
