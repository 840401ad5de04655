namespace Autodiff.Samples;

/// <summary>Windows of 60 bases of primate DNA: is the middle a border between exon and intron?</summary>
public static class Splice
{
    public const int Length = 60;
    private const int Windows = 3186, TrainingWindows = 2000;

    /// <summary>The bases, in the order of the channels.</summary>
    public const string Bases = "ACGT";

    /// <summary>Reads <c>splice.csv</c>: the first 2,000 windows train, the last 1,186 test (the split of StatLog).</summary>
    /// <param name="folder">Folder of the data; null: beside the program.</param>
    /// <returns>Features one-hot [n, 4, 60], channels first as a convolution wants them; labels 0 ei, 1 ie, 2 n.</returns>
    public static (Dataset Train, Dataset Test) Load(string? folder = null)
    {
        string[] classes = ["ei", "ie", "n"];
        var features = new float[Windows * Bases.Length * Length];
        var labels = new int[Windows];
        using DataFile file = DataFile.Open(folder, "splice.csv", "class", "sequence");
        for (int row = 0; file.Read(Windows); row++)
        {
            labels[row] = file.OneOf(0, classes);
            string sequence = file.Text(1);
            if (sequence.Length != Length) throw file.Fault($"a sequence of {sequence.Length} bases at column 2", $"{Length}");
            for (int i = 0; i < Length; i++)
            {
                int channel = Bases.IndexOf(sequence[i], StringComparison.Ordinal);
                if (channel < 0) throw file.Fault($"base '{sequence[i]}' at position {i + 1} of column 2 (sequence)", "A, C, G or T");
                features[(row * Bases.Length + channel) * Length + i] = 1;
            }
        }
        var all = new Dataset(features, labels, [Bases.Length, Length], classes);
        return (all.Slice(0, TrainingWindows), all.Slice(TrainingWindows, Windows));
    }

    /// <summary>The letters of one window.</summary>
    public static string Letters(Dataset windows, int index)
    {
        ReadOnlySpan<float> oneHot = windows.Example(index);
        Span<char> letters = stackalloc char[Length];
        for (int i = 0; i < oneHot.Length; i++)
            if (oneHot[i] == 1) letters[i % Length] = Bases[i / Length];
        return new string(letters);
    }
}
