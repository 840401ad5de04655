namespace Autodiff;

/// <summary>How numbers between places are made of those at the places.</summary>
public enum InterpolationMode
{
    /// <summary>The number of the place that lies at or before it: piecewise constant.</summary>
    Nearest,

    /// <summary>The straight line between the two next to it; over two axes bilinear.</summary>
    Linear,

    /// <summary>Keys' cubic convolution of four places, a = −0.75; over two axes bicubic. It can go beyond the numbers it is made of.</summary>
    Cubic,
}
