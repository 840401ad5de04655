using OxyPlot;

namespace Autodiff.Samples;

/// <summary>Measures text for SVG, so that titles, numbers and legends have room.</summary>
internal sealed class TextWidth() : PdfRenderContext(1, 1, OxyColors.White)
{
    // OxyPlot's own measure is in points of Arial (3/4 of SVG's pixels); sans-serifs such as DejaVu are up to 15 % wider.
    private const double PixelsPerPoint = 4 / 3.0, WidestFont = 1.15, LineHeight = 1.2;

    public override OxySize MeasureText(string text, string? fontFamily, double fontSize, double fontWeight)
    {
        OxySize size = base.MeasureText(text, fontFamily, fontSize, fontWeight);
        return new OxySize(size.Width * PixelsPerPoint * WidestFont, size.Height * LineHeight);
    }
}
