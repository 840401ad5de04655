using Autodiff;

/// <summary>Detectors slide along a sequence with the same weights everywhere, MAX keeps their best response, a linear classifier decides.</summary>
internal sealed class Model
{
    public const int Bases = 4, Classes = 3;
    private readonly Parameter<float> _motifs, _threshold, _readout, _offset;

    /// <param name="detectors">Number of detectors.</param>
    /// <param name="width">Bases that a detector sees at a time.</param>
    /// <param name="window">Positions that one MAX takes together: a few, or all there are.</param>
    /// <param name="random">Draws the first weights.</param>
    public Model(int detectors, int width, int window, Random random)
    {
        (Detectors, Width, Window) = (detectors, width, window);
        _motifs = new(Initial.Uniform(detectors * Bases * width, Bases * width, random), [detectors, Bases, width], "motifs");
        _threshold = new([detectors], "threshold");
        _readout = new(Initial.Uniform(Seen * Classes, Seen, random), [Seen, Classes], "readout");
        _offset = new([Classes], "offset");
    }

    public int Detectors { get; }

    public int Width { get; }

    public int Window { get; }

    /// <summary>Places where a detector can stand.</summary>
    public int Positions => Splice.Length - Width + 1;

    /// <summary>Numbers that the classifier sees: one for each detector and window.</summary>
    public int Seen => Detectors * (Positions / Window);

    /// <summary>What each thing seen says for each class, [Seen, 3].</summary>
    public ReadOnlySpan<float> Readout => _readout.Values;

    public Parameter<float>[] Parameters => [_motifs, _threshold, _readout, _offset];

    /// <summary>response = w ∗ x + b: one detector, the same weights at every position.</summary>
    public Variable<float> Response(Tape<float> tape, Variable<float> x) => x.Conv1d(tape.Variable(_motifs), tape.Variable(_threshold));

    /// <summary>seen = MAX of the response over the positions of a window; scores = seen·V + c. Training drops a part of what is seen.</summary>
    public Variable<float> Scores(Tape<float> tape, Variable<float> x, double dropout = 0, Random? random = null)
    {
        Variable<float> response = Response(tape, x);                             // [n, detectors, positions]
        Variable<float> seen = response.MaxPool1d(Window).Reshape([-1, Seen]);    // [n, detectors · windows]
        if (random is not null) seen = seen.Dropout(dropout, random);
        return seen.MatMul(tape.Variable(_readout)) + tape.Variable(_offset);     // [n, 3]
    }
}
