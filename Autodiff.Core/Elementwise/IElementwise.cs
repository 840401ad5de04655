using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The three public forms of elementwise op in one, so that each loop and rule is written once.</summary>
internal interface IElementwise
{
    static abstract int Arity { get; }

    static abstract string Name { get; }

    static abstract Saved Saves { get; }

    static abstract R Primal<R>(R a, R b, R c) where R : struct, ILane<R>;

    static abstract R Partial<R, K>(R a, R b, R c, R y) where R : struct, IReal<R> where K : struct, IOperand;
}

/// <summary>Which operand a derivative is taken by; a type, so that the choice costs nothing.</summary>
internal interface IOperand
{
    static abstract int Index { get; }
}

internal readonly struct OperandA : IOperand
{
    public static int Index => 0;
}

internal readonly struct OperandB : IOperand
{
    public static int Index => 1;
}

internal readonly struct OperandC : IOperand
{
    public static int Index => 2;
}

internal readonly struct Unary<TOp> : IElementwise where TOp : struct, IUnary<TOp>
{
    public static int Arity => 1;

    public static string Name => TOp.Name;

    public static Saved Saves => TOp.Saves;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => TOp.Primal(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Partial<R, K>(R a, R b, R c, R y) where R : struct, IReal<R> where K : struct, IOperand => TOp.Partial(a, y);
}

internal readonly struct Binary<TOp> : IElementwise where TOp : struct, IBinary<TOp>
{
    public static int Arity => 2;

    public static string Name => TOp.Name;

    public static Saved Saves => TOp.Saves;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => TOp.Primal(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Partial<R, K>(R a, R b, R c, R y) where R : struct, IReal<R> where K : struct, IOperand
        => K.Index == 0 ? TOp.PartialA(a, b, y) : TOp.PartialB(a, b, y);
}

internal readonly struct Ternary<TOp> : IElementwise where TOp : struct, ITernary<TOp>
{
    public static int Arity => 3;

    public static string Name => TOp.Name;

    public static Saved Saves => TOp.Saves;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b, R c) where R : struct, ILane<R> => TOp.Primal(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Partial<R, K>(R a, R b, R c, R y) where R : struct, IReal<R> where K : struct, IOperand
        => K.Index == 0 ? TOp.PartialA(a, b, c, y) : K.Index == 1 ? TOp.PartialB(a, b, c, y) : TOp.PartialC(a, b, c, y);
}
