using OxyPlot;
using OxyPlot.Annotations;

namespace Autodiff.Samples;

/// <summary>The letters of a sequence logo as polygons, because text cannot be stretched to a height.</summary>
/// <remarks>Source: T. D. Schneider, R. M. Stephens (1990), Sequence logos: a new way to display consensus sequences.</remarks>
internal static class SequenceLogo
{
    private const double LetterWidth = 0.9;

    // The colours that logos of DNA have had since the paper: A green, C blue, G amber, T red.
    private static readonly OxyColor[] _colors =
        [OxyColor.FromRgb(16, 150, 72), OxyColor.FromRgb(37, 92, 153), OxyColor.FromRgb(232, 160, 20), OxyColor.FromRgb(214, 40, 57)];

    // Outlines in the unit square, in the order A C G T; the hole of the A is a second outline, filled with paper.
    private static readonly DataPoint[][] _outlines =
    [
        Points(0, 0, 0.39, 1, 0.61, 1, 1, 0, 0.8, 0, 0.71, 0.25, 0.29, 0.25, 0.2, 0),
        [.. Arc(0.5, 45, 315), .. Arc(0.29, 315, 45)],
        [.. Arc(0.5, 45, 320), .. Points(0.883, 0.5, 0.52, 0.5, 0.52, 0.34, 0.69, 0.34, 0.69, 0.24), .. Arc(0.29, 300, 45)],
        Points(0.4, 0, 0.4, 0.83, 0, 0.83, 0, 1, 1, 1, 1, 0.83, 0.6, 0.83, 0.6, 0),
    ];

    private static readonly DataPoint[] _holeOfA = Points(0.345, 0.41, 0.5, 0.83, 0.655, 0.41);

    /// <param name="model">Takes the letters.</param>
    /// <param name="heights">[4, width]; negative heights hang below zero.</param>
    /// <param name="first">Number of the first position.</param>
    public static void Draw(PlotModel model, ReadOnlySpan<float> heights, int first)
    {
        if (heights.Length == 0 || heights.Length % 4 != 0)
            throw new ArgumentException($"heights: {heights.Length} numbers; needs [4, width]", nameof(heights));
        int width = heights.Length / 4;
        double lowest = 0, highest = 0;
        int[] order = [0, 1, 2, 3];
        for (int i = 0; i < width; i++)
        {
            double[] here = [heights[i], heights[width + i], heights[2 * width + i], heights[3 * width + i]];
            // Lightest first, so that the heaviest stands outermost on either side of zero.
            Array.Sort(order, (a, b) => Math.Abs(here[a]).CompareTo(Math.Abs(here[b])));
            double up = 0, down = 0;
            foreach (int letter in order)
            {
                double height = here[letter];
                if (height > 0) Add(model, letter, first + i, up, up += height);
                if (height < 0) Add(model, letter, first + i, down + height, down);
                down += Math.Min(height, 0);
            }
            (lowest, highest) = (Math.Min(lowest, down), Math.Max(highest, up));
        }
        double room = 0.05 * (highest > lowest ? highest - lowest : 1);
        (model.Axes[1].Minimum, model.Axes[1].Maximum) = (lowest < 0 ? lowest - room : 0, highest + room);
        var zero = new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = 0, Color = OxyColors.Black, LineStyle = LineStyle.Solid };
        model.Annotations.Add(zero);
    }

    private static void Add(PlotModel model, int letter, double position, double bottom, double top)
    {
        Fill(model, _outlines[letter], _colors[letter], position, bottom, top);
        if (letter == 0) Fill(model, _holeOfA, OxyColors.White, position, bottom, top);
    }

    private static void Fill(PlotModel model, DataPoint[] outline, OxyColor color, double position, double bottom, double top)
    {
        var polygon = new PolygonAnnotation { Fill = color, StrokeThickness = 0, MinimumSegmentLength = 0 };
        foreach (DataPoint p in outline)
            polygon.Points.Add(new DataPoint(position + (p.X - 0.5) * LetterWidth, bottom + p.Y * (top - bottom)));
        model.Annotations.Add(polygon);
    }

    private static DataPoint[] Points(params double[] xy) => [.. xy.Chunk(2).Select(p => new DataPoint(p[0], p[1]))];

    // An arc about the middle of the square, in degrees from the right, anticlockwise when it grows.
    private static IEnumerable<DataPoint> Arc(double radius, double from, double to)
    {
        const int steps = 24;
        for (int i = 0; i <= steps; i++)
        {
            double angle = (from + (to - from) * i / steps) * Math.PI / 180;
            yield return new DataPoint(0.5 + radius * Math.Cos(angle), 0.5 + radius * Math.Sin(angle));
        }
    }
}
