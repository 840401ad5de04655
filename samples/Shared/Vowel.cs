namespace Autodiff.Samples;

/// <summary>Eleven British vowels said by fifteen speakers; the test speakers are others than the training speakers.</summary>
public static class Vowel
{
    public const int Features = 9, Classes = 11;
    private const int Utterances = 990, Speakers = 15, TrainingSpeakers = 8;

    /// <summary>Reads <c>vowel.csv</c>: speakers 0–7 train (528 utterances), 8–14 test (462).</summary>
    /// <param name="folder">Folder of the data; null: beside the program.</param>
    /// <returns>Features [n, 9], standardised by the training speakers' mean and deviation; the classes are English words.</returns>
    public static (Dataset Train, Dataset Test) Load(string? folder = null)
    {
        // The file's spelling of the words is phonetic: 'hid' there is what English writes 'heed'.
        string[] spelled = ["hid", "hId", "hEd", "hAd", "hYd", "had", "hOd", "hod", "hUd", "hud", "hed"];
        string[] words = ["heed", "hid", "head", "had", "hud", "hard", "hod", "hoard", "hood", "who'd", "heard"];
        string[] columns = ["speaker", .. Enumerable.Range(0, Features).Select(i => $"x{i}"), "class"];
        var features = new double[Utterances * Features];
        var labels = new int[Utterances];
        int train = 0;
        using DataFile file = DataFile.Open(folder, "vowel.csv", columns);
        for (int row = 0; file.Read(Utterances); row++)
        {
            int speaker = file.Integer(0, Speakers - 1);
            if (speaker < TrainingSpeakers)
            {
                if (train < row) throw file.Fault($"speaker {speaker} after a test speaker", "rows ordered by speaker");
                train = row + 1;
            }
            for (int i = 0; i < Features; i++) features[row * Features + i] = file.Number(1 + i);
            labels[row] = file.OneOf(1 + Features, spelled);
        }
        Standardise(features, train);
        var all = new Dataset([.. features.Select(x => (float)x)], labels, [Features], words);
        return (all.Slice(0, train), all.Slice(train, Utterances));
    }

    // The test speakers must not leak into the scale, so mean and deviation come from the first rows only.
    private static void Standardise(double[] features, int train)
    {
        for (int column = 0; column < Features; column++)
        {
            double sum = 0, squares = 0;
            for (int row = 0; row < train; row++) sum += features[row * Features + column];
            double mean = sum / train;
            for (int row = 0; row < train; row++) squares += Math.Pow(features[row * Features + column] - mean, 2);
            double deviation = Math.Sqrt(squares / train);
            for (int i = column; i < features.Length; i += Features) features[i] = (features[i] - mean) / deviation;
        }
    }
}
