using System.Globalization;
using System.Text.RegularExpressions;

namespace Autodiff.Samples;

/// <summary>A nonlinear regression of the Statistical Reference Datasets, with values certified to 11 digits.</summary>
/// <param name="Name">Name of the set, e.g. <c>Misra1a</c>.</param>
/// <param name="X">Predictor.</param>
/// <param name="Y">Response.</param>
/// <param name="Start1">First starting point, far from the solution.</param>
/// <param name="Start2">Second starting point, nearer.</param>
/// <param name="Certified">Certified parameters b1, b2, ….</param>
/// <param name="StandardDeviations">Certified standard deviations of the parameters.</param>
/// <param name="ResidualSumOfSquares">Certified sum of squared residuals.</param>
public sealed partial record Nist(string Name, double[] X, double[] Y, double[] Start1, double[] Start2,
    double[] Certified, double[] StandardDeviations, double ResidualSumOfSquares)
{
    /// <summary>Reads <c>nist/{name}.dat</c>; which lines hold what is read from the file's own head.</summary>
    /// <param name="name"><c>Misra1a</c>, <c>Chwirut2</c> or <c>Lanczos3</c>.</param>
    /// <param name="folder">Folder of the data; null: beside the program.</param>
    public static Nist Load(string name, string? folder = null)
    {
        string file = $"{name}.dat", path = DataFile.Find(folder, $"nist/{file}");
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{file}: cannot be read ({e.Message})", e);
        }

        // b1 = start 1, start 2, certified value, standard deviation
        double[][] parameters = Table(file, lines, "Starting Values", 4);
        double[][] data = Table(file, lines, "Data", 2);
        return new Nist(name, Column(data, 1), Column(data, 0), Column(parameters, 0), Column(parameters, 1),
            Column(parameters, 2), Column(parameters, 3), Residual(file, lines));
    }

    private static double[][] Table(string file, string[] lines, string title, int columns)
    {
        foreach (string line in lines)
        {
            Match range = Range().Match(line);
            if (!range.Success || !range.Groups[1].ValueSpan.SequenceEqual(title)) continue;
            int first = Whole(range.Groups[2]), last = Whole(range.Groups[3]);
            if (first < 1 || first > last || last > lines.Length)
                throw new DataException(file, lines.Length, $"the end of the file, but '{title}' on lines {first} to {last}", "them");
            return [.. Enumerable.Range(first, last - first + 1).Select(number => Row(file, lines[number - 1], number, columns))];
        }
        throw new DataException($"{file}: nothing says on which lines '{title}' stands; needs '{title} (lines 41 to 43)' in the head");
    }

    private static double[] Row(string file, string line, int number, int columns)
    {
        string[] cells = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length != columns) throw new DataException(file, number, $"{cells.Length} columns", $"{columns}");
        return [.. cells.Select((cell, i) => Number(file, number, cell, i + 1))];
    }

    private static double Residual(string file, string[] lines)
    {
        const string title = "Residual Sum of Squares:";
        int i = Array.FindIndex(lines, line => line.StartsWith(title, StringComparison.Ordinal));
        return i >= 0
            ? Number(file, i + 1, lines[i][title.Length..].Trim(), 1)
            : throw new DataException($"{file}: no '{title}'; needs it in the head");
    }

    private static double Number(string file, int line, string cell, int column) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x)
            ? x
            : throw new DataException(file, line, $"'{cell}' at column {column}", "a number");

    private static double[] Column(double[][] rows, int column) => [.. rows.Select(row => row[column])];

    private static int Whole(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    // "File Format:   ASCII" … "Starting Values   (lines 41 to  43)"
    [GeneratedRegex(@"^\s+(Starting Values|Data)\s+\(lines\s+(\d{1,6})\s+to\s+(\d{1,6})\)")]
    private static partial Regex Range();
}
