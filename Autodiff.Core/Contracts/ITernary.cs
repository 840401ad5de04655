namespace Autodiff;

/// <summary>An elementwise operation of three operands, y = f(a, b, c), with broadcasting by the engine.</summary>
/// <typeparam name="TOp">The operation itself, an empty struct.</typeparam>
public interface ITernary<TOp> : IOp where TOp : struct, ITernary<TOp>
{
    /// <summary>The name in messages.</summary>
    static virtual string Name => NameOf<TOp>.Value;

    /// <summary>What the partial derivatives read.</summary>
    static abstract Saved Saves { get; }

    /// <summary>Where the operation is smooth in a, b and c.</summary>
    static abstract (Domain A, Domain B, Domain C) Domain { get; }

    /// <summary>f(a, b, c).</summary>
    static abstract R Primal<R>(R a, R b, R c) where R : struct, ILane<R>;

    /// <summary>∂y/∂a.</summary>
    static abstract R PartialA<R>(R a, R b, R c, R y) where R : struct, IReal<R>;

    /// <summary>∂y/∂b.</summary>
    static abstract R PartialB<R>(R a, R b, R c, R y) where R : struct, IReal<R>;

    /// <summary>∂y/∂c.</summary>
    static abstract R PartialC<R>(R a, R b, R c, R y) where R : struct, IReal<R>;
}
