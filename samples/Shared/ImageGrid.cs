using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Autodiff.Samples;

/// <summary>Small images laid out on one heat map, a gap between them; a caption stands in the gap above its image.</summary>
internal sealed class ImageGrid
{
    private readonly double[,] _cells;
    private readonly int _height, _width, _columns, _gapAbove;
    private readonly string[] _captions;
    private readonly double _cell;

    public ImageGrid(ReadOnlySpan<float> images, int height, int width, int columns, string[]? captions)
    {
        int count = images.Length / (height * width);
        if (count == 0 || count * height * width != images.Length)
            throw new ArgumentException($"images: {images.Length} numbers; needs [n, {height}, {width}]", nameof(images));
        (_height, _width, _columns) = (height, width, Math.Min(columns, count));
        _captions = captions ?? [];
        _gapAbove = _captions.Length > 0 ? 2 : 1;
        int rows = (count + _columns - 1) / _columns;
        _cells = new double[_columns * (width + 1) + 1, rows * (height + _gapAbove) + 1];
        // NaN is drawn as nothing: the gaps stay paper.
        for (int x = 0; x < _cells.GetLength(0); x++)
            for (int y = 0; y < _cells.GetLength(1); y++) _cells[x, y] = double.NaN;
        for (int i = 0; i < images.Length; i++)
        {
            (int left, int top) = Corner(i / (height * width));
            _cells[left + i % width, top + i / width % height] = images[i];
        }
        // Cells small enough that the grid fits a page, large enough that a caption fits two of them.
        _cell = Math.Clamp(900.0 / _cells.GetLength(0), 8, 22);
    }

    public double PictureWidth => Math.Max(_cells.GetLength(0) * _cell, 300) + 120;

    public double PictureHeight => _cells.GetLength(1) * _cell + 70;

    public PlotModel Model(PlotModel model, string unit)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double cell in _cells)
            if (!double.IsNaN(cell)) (least, most) = (Math.Min(least, cell), Math.Max(most, cell));
        bool signed = least < 0;
        double reach = Math.Max(Math.Abs(least), Math.Abs(most));
        model.PlotType = PlotType.Cartesian;
        model.PlotAreaBorderThickness = default;
        model.Axes.Add(Hidden(AxisPosition.Bottom, _cells.GetLength(0), false));
        model.Axes.Add(Hidden(AxisPosition.Left, _cells.GetLength(1), true));
        model.Axes.Add(new LinearColorAxis
        {
            Position = AxisPosition.Right,
            Title = unit,
            AxisTitleDistance = 8,
            // Zero must be white (signed) or paper (unsigned), whatever the data's range.
            Minimum = signed ? -reach : 0,
            Maximum = reach > 0 ? reach : 1,
            Palette = signed
                ? OxyPalette.Interpolate(128, OxyColor.FromRgb(33, 102, 172), OxyColors.White, OxyColor.FromRgb(178, 24, 43))
                : OxyPalette.Interpolate(128, OxyColors.White, OxyColors.Black),
            InvalidNumberColor = OxyColors.Transparent,
        });
        model.Series.Add(new HeatMapSeries
        {
            X0 = 0,
            X1 = _cells.GetLength(0) - 1,
            Y0 = 0,
            Y1 = _cells.GetLength(1) - 1,
            Data = _cells,
            Interpolate = false,
            RenderMethod = HeatMapRenderMethod.Rectangles,
            EdgeRenderingMode = EdgeRenderingMode.PreferSharpness,
        });
        int images = _columns * (_cells.GetLength(1) / (_height + _gapAbove));
        for (int i = 0; i < images; i++) Frame(model, i);
        return model;
    }

    // A thin frame shows where an image ends whose border is as white as the paper.
    private void Frame(PlotModel model, int i)
    {
        (int left, int top) = Corner(i);
        if (double.IsNaN(_cells[left, top])) return;
        model.Annotations.Add(new RectangleAnnotation
        {
            MinimumX = left - 0.5,
            MaximumX = left + _width - 0.5,
            MinimumY = top - 0.5,
            MaximumY = top + _height - 0.5,
            Fill = OxyColors.Transparent,
            Stroke = OxyColors.LightGray,
            StrokeThickness = 1,
        });
        if (i < _captions.Length)
            model.Annotations.Add(new TextAnnotation
            {
                Text = _captions[i],
                TextPosition = new DataPoint(left + (_width - 1) / 2.0, top - 0.6),
                TextVerticalAlignment = VerticalAlignment.Bottom,
                StrokeThickness = 0,
                FontSize = Math.Min(1.4 * _cell, 14),
            });
    }

    private (int Left, int Top) Corner(int image) =>
        (1 + image % _columns * (_width + 1), _gapAbove + image / _columns * (_height + _gapAbove));

    private static LinearAxis Hidden(AxisPosition position, int cells, bool downward) => new()
    {
        Position = position,
        IsAxisVisible = false,
        Minimum = -0.5,
        Maximum = cells - 0.5,
        StartPosition = downward ? 1 : 0,
        EndPosition = downward ? 0 : 1,
    };
}
