namespace Autodiff;

/// <summary>What stands outside of an axis that is padded; for [1, 2, 3] and two on each side:</summary>
public enum PadMode
{
    /// <summary>0 0 1 2 3 0 0.</summary>
    Zeros,

    /// <summary>3 2 1 2 3 2 1: mirrored at the first and last element, which do not come twice.</summary>
    Reflect,

    /// <summary>1 1 1 2 3 3 3: the first and last element repeated.</summary>
    Replicate,

    /// <summary>2 3 1 2 3 1 2: the other end.</summary>
    Circular,
}
