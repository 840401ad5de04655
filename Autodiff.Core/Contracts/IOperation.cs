using System.Numerics;

namespace Autodiff;

/// <summary>
/// An operation on whole tensors. The struct holds its attributes (axis, stride, …) and is stored in the recording as it is, so it
/// must be <c>unmanaged</c>; lists of integers go to the tape (<see cref="Variable{T}.Store"/>). Recording one is
/// <see cref="Variable{T}.Apply{TOp}(TOp, ReadOnlySpan{Variable{T}})"/>.
/// </summary>
/// <typeparam name="TSelf">The operation itself.</typeparam>
public interface IOperation<TSelf> : IOp where TSelf : unmanaged, IOperation<TSelf>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TSelf>.Value;

    /// <summary>What <see cref="Vjp{T}"/> reads.</summary>
    static abstract Saved Saves { get; }

    /// <summary>
    /// Whether <see cref="Forward{T}"/> can add to its output (<see cref="ForwardStep{T}.Adds"/>): then a gradient that is computed by this operation needs
    /// no memory of its own where there is one already.
    /// </summary>
    static virtual bool Adds => false;

    /// <summary>The shape of the result.</summary>
    /// <exception cref="ShapeException">The shapes do not fit; the message names the op, what came and what is needed.</exception>
    Shape Shape(ReadOnlySpan<Shape> inputs);

    /// <summary>Computes the result from the operands; it may not record.</summary>
    void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// The vector–Jacobian product, written over variables: passes x̄ᵢ = (∂y/∂xᵢ)ᵀ·ȳ to <see cref="VjpStep{T}.Accumulate"/> for
    /// every wanted operand. In an ordinary sweep nothing of it is recorded; under <see cref="Tape{T}.Gradient(Scalar{T}, Scalar{T})"/> all of it is.
    /// It must be linear in ȳ. The engine sums over broadcast axes, adds and releases.
    /// </summary>
    void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The programs by which the laws and gradient checks try the operation.</summary>
    static abstract IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>An operation that has no rule of its own: it is made of others. It only says how it is tried.</summary>
public interface IComposite : IOp
{
    /// <summary>The programs by which the laws and gradient checks try the operation.</summary>
    static abstract IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}
