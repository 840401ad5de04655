namespace Autodiff;

/// <summary>A matrix that has no factorisation: it is singular, not positive definite, or of too low a rank. The message names the operation, the matrix and the pivot.</summary>
public sealed class MatrixException : ArgumentException
{
    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="batch">Which matrix of the batch it is.</param>
    /// <param name="pivot">The place on the diagonal where the factorisation ended.</param>
    public MatrixException(string message, int batch, int pivot)
        : base(message) => (Batch, Pivot) = (batch, pivot);

    /// <summary>Which matrix of the batch it is, counted from 0 in row-major order; 0 for a single matrix.</summary>
    public int Batch { get; }

    /// <summary>The place on the diagonal where the factorisation ended, counted from 0.</summary>
    public int Pivot { get; }

    internal static MatrixException Singular(string op, in Shape a, int batch, int pivot)
        => new($"{op}: a is {a}, matrix {batch} is singular: pivot {pivot} is 0; needs a matrix that has an inverse.", batch, pivot);

    internal static MatrixException NotPositive(string op, in Shape a, int batch, int pivot)
        => new($"{op}: a is {a}, matrix {batch} is not positive definite: pivot {pivot} is not above 0; needs a positive definite matrix.", batch, pivot);

    internal static MatrixException Dependent(string op, in Shape a, int batch, int pivot)
        => new($"{op}: a is {a}, matrix {batch} has not full rank: pivot {pivot} of its factor R is 0; needs independent columns (rows, if there are fewer of them).", batch, pivot);

    internal static MatrixException NoConvergence(string op, in Shape a, int batch, int pivot)
        => new($"{op}: a is {a}, the iteration on matrix {batch} did not end at place {pivot}; needs finite numbers of one scale.", batch, pivot);
}
