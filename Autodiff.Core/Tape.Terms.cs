namespace Autodiff;

/// <content>Sums of many terms, each recorded, swept and dropped.</content>
public sealed unsafe partial class Tape<T>
{
    /// <summary>
    /// Gradients of zero of everything recorded so far, for a sum of many terms: <c>sum = Accumulate(); mark = Mark();</c> and for each term record it,
    /// <c>Backward(term, sum); Rewind(mark)</c>; at the end <c>Complete(sum)</c>. The memory is that of one term.
    /// </summary>
    /// <remarks>Only the steps of a term are swept with it. What is before the mark is swept once, by <see cref="Complete"/>. Make it before the mark: a rewind drops the sweeps since its mark.</remarks>
    public Gradients<T> Accumulate()
    {
        _ = Live;
        return new(this, sweeps.Open());
    }

    /// <summary>Adds the gradients of a term to those of a sum: sweeps what was recorded since <see cref="Accumulate"/>.</summary>
    /// <param name="term">The term; it may be older than the sum, too.</param>
    /// <param name="into">The result of <see cref="Accumulate"/>.</param>
    /// <param name="cotangent">The factor of the term; 1 if left out.</param>
    /// <exception cref="InvalidOperationException">The gradients are not open, or of another tape; or the term is a constant, of another tape, or gone.</exception>
    public void Backward(Scalar<T> term, Gradients<T> into, T? cotangent = null)
        => sweeps.Add(into.Open(this, "Backward"), Slot(term, "Backward"), cotangent ?? T.One);

    /// <summary>Sweeps what was there before <see cref="Accumulate"/>, with the cotangents that the terms have added: the gradients of the whole sum.</summary>
    /// <param name="sum">The result of <see cref="Accumulate"/>.</param>
    /// <returns>The same gradients, complete.</returns>
    /// <exception cref="InvalidOperationException">They are complete already, or of another tape, or the tape was rewound behind them.</exception>
    public Gradients<T> Complete(Gradients<T> sum)
    {
        sweeps.Close(sum.Open(this, "Complete"));
        return sum;
    }
}
