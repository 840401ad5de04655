namespace Autodiff;

/// <summary>Which norm of a matrix; in brackets, what NumPy and PyTorch call it.</summary>
public enum MatrixNormKind
{
    /// <summary>The root of the sum of all squares ("fro").</summary>
    Frobenius,

    /// <summary>The sum of the singular values ("nuc").</summary>
    Nuclear,

    /// <summary>The greatest singular value (2).</summary>
    Spectral,

    /// <summary>The least singular value (−2).</summary>
    LeastSingular,

    /// <summary>The greatest sum of the magnitudes of a column (1).</summary>
    ColumnSum,

    /// <summary>The least sum of the magnitudes of a column (−1).</summary>
    LeastColumnSum,

    /// <summary>The greatest sum of the magnitudes of a row (∞).</summary>
    RowSum,

    /// <summary>The least sum of the magnitudes of a row (−∞).</summary>
    LeastRowSum,
}
