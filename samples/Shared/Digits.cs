namespace Autodiff.Samples;

/// <summary>Handwritten digits, 8 × 8 pixels.</summary>
public static class Digits
{
    public const int Side = 8;
    private const int Images = 1797, TrainingImages = 1347, Darkest = 16;

    /// <summary>Reads <c>digits.csv</c>: the first 1,347 images train, the last 450 (other writers) test.</summary>
    /// <param name="folder">Folder of the data; null: beside the program.</param>
    /// <returns>Features [n, 64], row-major pixels from 0 (paper) to 1 (ink); labels 0–9.</returns>
    public static (Dataset Train, Dataset Test) Load(string? folder = null)
    {
        const int pixels = Side * Side;
        var features = new float[Images * pixels];
        var labels = new int[Images];
        string[] columns = [.. Enumerable.Range(0, pixels).Select(i => $"p{i}"), "digit"];
        using DataFile file = DataFile.Open(folder, "digits.csv", columns);
        for (int row = 0; file.Read(Images); row++)
        {
            for (int i = 0; i < pixels; i++) features[row * pixels + i] = file.Integer(i, Darkest) / (float)Darkest;
            labels[row] = file.Integer(pixels, 9);
        }
        var all = new Dataset(features, labels, [pixels], [.. "0123456789".Select(digit => digit.ToString())]);
        return (all.Slice(0, TrainingImages), all.Slice(TrainingImages, Images));
    }
}
