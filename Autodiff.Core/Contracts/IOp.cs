namespace Autodiff;

/// <summary>What every operation states of itself. Implement <see cref="IUnary{TOp}"/>, <see cref="IBinary{TOp}"/>,
/// <see cref="ITernary{TOp}"/>, <see cref="IOperation{TSelf}"/> or <see cref="IComposite"/>, one file for one operation.</summary>
public interface IOp
{
    /// <summary>
    /// Whether the derivative is, on purpose, not that of the value: a gradient that is stopped, passed on or reversed. No difference can confirm it, so the law that compares the two
    /// demands that they differ; all other laws hold.
    /// </summary>
    static virtual bool DeclaresDerivative => false;
}

/// <summary>What a derivative reads of its step: everything else may be overwritten before the sweep.</summary>
[Flags]
public enum Saved
{
    /// <summary>The derivative is the same everywhere (a sum, a reshape).</summary>
    Nothing = 0,

    /// <summary>The value of the first operand.</summary>
    A = 1,

    /// <summary>The value of the second operand.</summary>
    B = 2,

    /// <summary>The value of the third operand.</summary>
    C = 4,

    /// <summary>The values of all operands.</summary>
    Inputs = 0x3FFF_FFFF,

    /// <summary>The value of the result.</summary>
    Output = 0x4000_0000,
}
