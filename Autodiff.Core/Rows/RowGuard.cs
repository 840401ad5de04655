using System.Numerics;

namespace Autodiff;

/// <summary>A comparison that a row function made: how it came out is part of the path that the recording is valid for.</summary>
internal enum Comparison
{
    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a ≥ b.</summary>
    GreaterOrEqual,

    /// <summary>a = b.</summary>
    Equal,
}

/// <summary>An operand of a guard or a result: a slot, or a plain number where there is none (−1).</summary>
internal readonly record struct RowOperand<T>(int Slot, T Number) where T : unmanaged, IFloatingPointIeee754<T>;

/// <summary>A comparison, its operands and its outcome.</summary>
internal readonly record struct RowGuard<T>(Comparison Comparison, RowOperand<T> A, RowOperand<T> B, bool Outcome) where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool Holds(Comparison comparison, T a, T b) => comparison switch
    {
        Comparison.Greater => a > b,
        Comparison.GreaterOrEqual => a >= b,
        _ => a == b,
    };
}
