using System.Numerics;

namespace Autodiff;

/// <summary>
/// An operation of many scalars, y = f(x₁ … xₙ), whose derivative by each depends on that one and on y alone: one step on the tape, however many there are.
/// </summary>
/// <typeparam name="TSelf">The operation itself, an empty struct.</typeparam>
public interface IFold<TSelf> : IOp where TSelf : struct, IFold<TSelf>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TSelf>.Value;

    /// <summary>What <see cref="Partial{R}"/> reads: <see cref="Saved.A"/> stands for the operands.</summary>
    static abstract Saved Saves { get; }

    /// <summary>f(x₁ … xₙ); of no numbers, too.</summary>
    static abstract T Primal<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>∂y/∂xᵢ, of xᵢ and y.</summary>
    static abstract R Partial<R>(R x, R y) where R : struct, IReal<R>;

    /// <summary>The same from steps of few operands, for a row function: lanes know no others.</summary>
    static abstract Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> x) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The programs by which the laws and gradient checks try the operation.</summary>
    static abstract IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>
/// An operation of two lists of scalars, y = f(a₁ … aₙ, b₁ … bₙ), whose derivative by each operand depends on its pair and on y alone: one step on the tape.
/// </summary>
/// <typeparam name="TSelf">The operation itself, an empty struct.</typeparam>
public interface IPairFold<TSelf> : IOp where TSelf : struct, IPairFold<TSelf>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TSelf>.Value;

    /// <summary>What the partial derivatives read: <see cref="Saved.A"/> and <see cref="Saved.B"/> stand for the two lists.</summary>
    static abstract Saved Saves { get; }

    /// <summary>f(a₁ … aₙ, b₁ … bₙ); of no numbers, too.</summary>
    static abstract T Primal<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>∂y/∂aᵢ, of aᵢ, bᵢ and y.</summary>
    static abstract R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>;

    /// <summary>∂y/∂bᵢ, of aᵢ, bᵢ and y.</summary>
    static abstract R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>;

    /// <summary>The same from steps of few operands, for a row function.</summary>
    static abstract Scalar<T> Expanded<T>(ReadOnlySpan<Scalar<T>> a, ReadOnlySpan<Scalar<T>> b) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The programs by which the laws and gradient checks try the operation.</summary>
    static abstract IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T>;
}
