namespace Autodiff.Benchmarks;

/// <summary>
/// A long short-term memory over characters of 14 bits, with weights that are vectors instead of matrices. Parameters, in this order: for each layer the
/// weights [4, 14] and the biases [4, 14] of the gates forget, in, out and change; then the weights of the input, those of the output and its bias, [14] each.
/// </summary>
/// <remarks>Definition and sizes: the benchmark of Šrajer, Kukelova and Fitzgibbon, as extended by its authors (l layers, c characters).</remarks>
internal sealed class LstmInstance
{
    public const int Bits = 14, Gates = 4, LayerSize = 2 * Gates * Bits;

    public static readonly (int Layers, int Characters)[] Sizes = [(2, 1024), (4, 1024), (2, 4096), (4, 4096)];

    public LstmInstance(int layers, int characters, int seed = 1)
    {
        (Layers, Characters) = (layers, characters);
        var random = new Random(seed);
        Parameters = new double[(layers * LayerSize) + (3 * Bits)];
        random.FillNormal(Parameters, 0.7);
        State = new double[layers * 2 * Bits];
        random.FillNormal(State, 0.5);
        Text = new double[characters * Bits];
        foreach (ref double bit in Text.AsSpan()) bit = random.Next(2);
    }

    public int Layers { get; }

    public int Characters { get; }

    public double[] Parameters { get; }

    /// <summary>The state before the first character: for each layer what it says and its cell, [14] each. Not differentiated by.</summary>
    public double[] State { get; }

    /// <summary>The bits of the text [characters, 14].</summary>
    public double[] Text { get; }

    /// <summary>The place of the weights of a gate of a layer; its biases follow Gates·Bits later.</summary>
    public static int Weight(int layer, int gate) => (layer * LayerSize) + (gate * Bits);

    /// <summary>The place of the weights of the input (0), of the output (1) or of its bias (2).</summary>
    public int Extra(int which) => (Layers * LayerSize) + (which * Bits);

    public ReadOnlySpan<double> Character(int place) => Text.AsSpan(place * Bits, Bits);
}
