using System.Numerics;

namespace Autodiff;

/// <summary>The weight [out, in] and, if there is one, the bias [out] of a <see cref="Linear"/> layer. A weight alone converts to one.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Weight">[out, in].</param>
/// <param name="Bias">[out], or none.</param>
public readonly record struct Projection<T>(Variable<T> Weight, Variable<T>? Bias = null) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A projection without bias.</summary>
    public static implicit operator Projection<T>(Variable<T> weight) => new(weight);

    /// <summary>Refuses a weight or bias that does not fit x, before anything is recorded.</summary>
    internal void Check(string op, in Shape x) => Linear.Check(op, x, Weight.Shape, Bias);

    /// <summary>x·Wᵀ + b.</summary>
    internal Variable<T> Of(string op, Variable<T> x) => Linear.Of(op, x, Weight, Bias);
}
