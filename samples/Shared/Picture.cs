using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Autodiff.Samples;

/// <summary>Charts as SVG files; every method returns the path of its file.</summary>
/// <param name="folder">Where the files go; made when it is not there.</param>
public sealed class Picture(string folder = "output")
{
    // Okabe and Ito (2008): eight colours that colour-blind readers can tell apart.
    private static readonly OxyColor[] _colors =
    [
        .. new uint[] { 0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0x999999, 0x000000 }
            .Select(rgb => OxyColor.FromUInt32(0xFF000000 | rgb)),
    ];

    /// <summary>Curves over a common x.</summary>
    public string Lines(string name, string title, string xTitle, string yTitle, double[] x, params (string Name, double[] Values)[] curves)
    {
        PlotModel model = Model(title, Axis(AxisPosition.Bottom, xTitle), Axis(AxisPosition.Left, yTitle));
        for (int c = 0; c < curves.Length; c++)
        {
            double[] values = curves[c].Values;
            Require(curves[c].Name, values, x.Length);
            var line = new LineSeries { Title = curves[c].Name, Color = Color(c), StrokeThickness = 2, RenderInLegend = curves.Length > 1 };
            line.Points.AddRange(x.Zip(values, (a, b) => new DataPoint(a, b)));
            model.Series.Add(line);
        }
        if (curves.Length > 1) AddLegend(model);
        return Save(name, model);
    }

    /// <summary>One bar for each position.</summary>
    /// <param name="name">Name of the file, without <c>.svg</c>.</param>
    /// <param name="title">Title.</param>
    /// <param name="xTitle">What the positions are.</param>
    /// <param name="yTitle">What the values are, with their unit.</param>
    /// <param name="values">Value at each position.</param>
    /// <param name="first">Number of the first position.</param>
    public string Bars(string name, string title, string xTitle, string yTitle, ReadOnlySpan<double> values, int first = 0)
    {
        LinearAxis x = Axis(AxisPosition.Bottom, xTitle);
        (x.Minimum, x.Maximum, x.MinimumMajorStep) = (first - 1, first + values.Length, 1);
        PlotModel model = Model(title, x, Axis(AxisPosition.Left, yTitle));
        var bars = new RectangleBarSeries { FillColor = Color(0), StrokeThickness = 0 };
        for (int i = 0; i < values.Length; i++) bars.Items.Add(new RectangleBarItem(first + i - 0.4, 0, first + i + 0.4, values[i]));
        model.Series.Add(bars);
        return Save(name, model);
    }

    /// <summary>A bar for each category, made of the shares of several parts: which expert takes which vowel.</summary>
    public string Stacked(string name, string title, string xTitle, string yTitle, string[] categories,
        params (string Name, double[] Values)[] parts)
    {
        var x = new CategoryAxis { Position = AxisPosition.Bottom, Title = xTitle, TickStyle = TickStyle.None, AxisTitleDistance = 10 };
        x.Labels.AddRange(categories);
        LinearAxis y = Axis(AxisPosition.Left, yTitle);
        (y.Minimum, y.MaximumPadding) = (0, 0);
        PlotModel model = Model(title, x, y);
        var top = new double[categories.Length];
        for (int p = 0; p < parts.Length; p++)
        {
            double[] values = parts[p].Values;
            Require(parts[p].Name, values, top.Length);
            var bars = new RectangleBarSeries { Title = parts[p].Name, FillColor = Color(p), StrokeColor = OxyColors.White };
            for (int i = 0; i < top.Length; i++) bars.Items.Add(new RectangleBarItem(i - 0.4, top[i], i + 0.4, top[i] += values[i]));
            model.Series.Add(bars);
        }
        AddLegend(model);
        return Save(name, model);
    }

    /// <summary>Small grey images side by side: digits, filters. Where a number is negative, red and blue tell the sign.</summary>
    /// <param name="name">Name of the file, without <c>.svg</c>.</param>
    /// <param name="title">Title.</param>
    /// <param name="unit">What the numbers are.</param>
    /// <param name="images">[n, height, width].</param>
    /// <param name="height">Rows of one image.</param>
    /// <param name="width">Columns of one image.</param>
    /// <param name="columns">Images in a row of the grid.</param>
    /// <param name="captions">A caption above each image, or none.</param>
    public string Grid(string name, string title, string unit, ReadOnlySpan<float> images, int height, int width, int columns,
        string[]? captions = null)
    {
        var grid = new ImageGrid(images, height, width, columns, captions);
        return Save(name, grid.Model(Model(title), unit), grid.PictureWidth, grid.PictureHeight);
    }

    /// <summary>A sequence logo: at each position A C G T as high as they weigh, the heaviest outermost, negative ones below zero.</summary>
    /// <param name="name">Name of the file, without <c>.svg</c>.</param>
    /// <param name="title">Title.</param>
    /// <param name="yTitle">What the heights are, with their unit, e.g. <c>information (bits)</c>.</param>
    /// <param name="heights">[4, width], e.g. from <see cref="Motif.Information"/>, or a kernel's weights.</param>
    /// <param name="first">Number of the first position.</param>
    public string Logo(string name, string title, string yTitle, ReadOnlySpan<float> heights, int first = 1)
    {
        int width = heights.Length / 4;
        LinearAxis x = Axis(AxisPosition.Bottom, "position (base)");
        (x.Minimum, x.Maximum, x.MajorStep, x.MinorStep) = (first - 0.6, first + width - 0.4, width > 30 ? 5 : 1, 1);
        PlotModel model = Model(title, x, Axis(AxisPosition.Left, yTitle));
        SequenceLogo.Draw(model, heights, first);
        return Save(name, model, Math.Clamp(160 + 60 * width, 420, 1400), 320);
    }

    private static OxyColor Color(int i) => _colors[i % _colors.Length];

    private static PlotModel Model(string title, params Axis[] axes)
    {
        var model = new PlotModel
        {
            Title = title,
            TitleFontSize = 17,
            DefaultFontSize = 14,
            // The common sans-serifs: whichever the viewer has is drawn.
            DefaultFont = "Helvetica, Arial, DejaVu Sans, sans-serif",
            Background = OxyColors.White,
            Padding = new OxyThickness(12, 14, 20, 10),
        };
        foreach (Axis axis in axes) model.Axes.Add(axis);
        return model;
    }

    private static LinearAxis Axis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        AxisTitleDistance = 10,
        MajorGridlineStyle = position == AxisPosition.Left ? LineStyle.Solid : LineStyle.None,
        MajorGridlineColor = OxyColors.Gainsboro,
    };

    private static void Require(string name, double[] values, int count)
    {
        if (values.Length != count) throw new ArgumentException($"{name}: {values.Length} values; needs {count}", nameof(values));
    }

    private static void AddLegend(PlotModel model) =>
        model.Legends.Add(new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside });

    private string Save(string name, PlotModel model, double width = 860, double height = 460)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, name + ".svg");
        using FileStream stream = File.Create(path);
        // The workaround shifts text by coordinates: librsvg and others don't know SVG's dominant-baseline.
        var exporter = new SvgExporter { Width = width, Height = height, UseVerticalTextAlignmentWorkaround = true };
        exporter.TextMeasurer = new TextWidth();
        exporter.Export(model, stream);
        return path;
    }
}
