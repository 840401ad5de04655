namespace Autodiff;

/// <summary>What a quantile is where its rank h = q·(n − 1) lies between two elements.</summary>
public enum QuantileMode
{
    /// <summary>The straight line between them: (1 − w)·lower + w·higher, w = h − ⌊h⌋.</summary>
    Linear,

    /// <summary>The lower one.</summary>
    Lower,

    /// <summary>The higher one.</summary>
    Higher,

    /// <summary>The nearer one; halfway, that of even rank.</summary>
    Nearest,

    /// <summary>Their mean.</summary>
    Midpoint,
}
