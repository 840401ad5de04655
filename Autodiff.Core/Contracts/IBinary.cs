namespace Autodiff;

/// <summary>An elementwise operation of two operands, y = f(a, b), with broadcasting by the engine.</summary>
/// <typeparam name="TOp">The operation itself, an empty struct.</typeparam>
public interface IBinary<TOp> : IOp where TOp : struct, IBinary<TOp>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TOp>.Value;

    /// <summary>What the partial derivatives read.</summary>
    static abstract Saved Saves { get; }

    /// <summary>Where the operation is smooth in a and b.</summary>
    static abstract (Domain A, Domain B) Domain { get; }

    /// <summary>f(a, b).</summary>
    static abstract R Primal<R>(R a, R b) where R : struct, ILane<R>;

    /// <summary>∂y/∂a, of a, b and y = f(a, b).</summary>
    static abstract R PartialA<R>(R a, R b, R y) where R : struct, IReal<R>;

    /// <summary>∂y/∂b, of a, b and y = f(a, b).</summary>
    static abstract R PartialB<R>(R a, R b, R y) where R : struct, IReal<R>;
}
