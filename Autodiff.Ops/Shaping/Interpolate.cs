using System.Numerics;

namespace Autodiff;

/// <summary>Sequences and images in another size: each sample is made of the elements next to the place where it lies, as the mode says, along one axis after the other.</summary>
/// <remarks>
/// Shapes: [batch, channels, w] → [batch, channels, length], or [batch, channels, h, w] → [batch, channels, height, width]. With n elements and m samples, sample i lies at
/// (i + ½)·n/m − ½ (elements as areas), linear not before 0; with aligned corners at i·(n − 1)/(m − 1), the first for m = 1. Nearest takes element ⌊i·n/m⌋. Behind the ends stands the last
/// element. Geometry and weights are those of PyTorch's interpolate with a size; but the mode is linear if nothing is said, where PyTorch's is nearest; nothing is smoothed where it shrinks (areas: <see cref="AdaptiveAvgPool2d"/>). The map is linear:
/// x̄ is ȳ, each given back to the elements it was made of, by the same weights. Source of the cubic: Keys, Cubic convolution interpolation (1981), a = −0.75.
/// </remarks>
public readonly struct Interpolate : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("nearest", x => x[0].Interpolate(5, InterpolationMode.Nearest), Sample.Of(1, 2, 3)),
        new("linear, corners", x => x[0].Interpolate(5, alignCorners: true), Sample.Of(1, 2, 3)),
        new("bilinear", x => x[0].Interpolate((3, 5)), Sample.Of(1, 2, 2, 3)),
        new("bicubic, smaller and larger", x => x[0].Interpolate((2, 4), InterpolationMode.Cubic), Sample.Of(2, 1, 3, 3)),
    ];

    internal static Variable<T> Along<T>(Variable<T> x, int axis, int to, InterpolationMode mode, bool alignCorners) where T : unmanaged, IFloatingPointIeee754<T>
        => Variable<T>.Apply(new Resample(axis, x.Shape[axis], to, mode, alignCorners, false), x);

    internal static void Check(in Shape x, int axes, int height, int width, InterpolationMode mode, bool alignCorners)
    {
        if (x.Rank != axes + 2 || x[-1] == 0 || x[-axes] == 0)
            throw new ShapeException($"Interpolate: x is {x}; needs x: [batch, channels, {(axes == 1 ? "w" : "h, w")}] with elements along {(axes == 1 ? "the last axis" : "both")}.");
        if (height < 1 || width < 1) throw new ArgumentOutOfRangeException(nameof(width), $"Interpolate: the size is {(axes == 1 ? width : $"[{height}, {width}]")}; needs 1 or more.");
        if (mode is < InterpolationMode.Nearest or > InterpolationMode.Cubic)
            throw new ArgumentOutOfRangeException(nameof(mode), $"Interpolate: mode is {(int)mode}; needs Nearest, Linear or Cubic.");
        if (alignCorners && mode == InterpolationMode.Nearest)
            throw new ArgumentException("Interpolate: mode is Nearest, corners are to be aligned; needs Linear or Cubic for that.", nameof(alignCorners));
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Interpolate"/>
        /// <param name="length">The number of samples.</param>
        /// <param name="mode">What a sample is made of.</param>
        /// <param name="alignCorners">Whether the first and last samples are the first and last elements; not for nearest.</param>
        /// <exception cref="ShapeException">x has not three axes, or the last is empty.</exception>
        /// <exception cref="ArgumentException">The length is not positive, the mode is none, or corners are to be aligned in nearest.</exception>
        public Variable<T> Interpolate(int length, InterpolationMode mode = InterpolationMode.Linear, bool alignCorners = false)
        {
            Autodiff.Interpolate.Check(x.Shape, 1, 1, length, mode, alignCorners);
            return Autodiff.Interpolate.Along(x, 2, length, mode, alignCorners);
        }

        /// <inheritdoc cref="Autodiff.Interpolate"/>
        /// <param name="size">The sides of the result.</param>
        /// <param name="mode">What a sample is made of.</param>
        /// <param name="alignCorners">Whether the corners of the result are those of x; not for nearest.</param>
        /// <exception cref="ShapeException">x has not four axes, or no pixels.</exception>
        /// <exception cref="ArgumentException">A side is not positive, the mode is none, or corners are to be aligned in nearest.</exception>
        public Variable<T> Interpolate((int Height, int Width) size, InterpolationMode mode = InterpolationMode.Linear, bool alignCorners = false)
        {
            Autodiff.Interpolate.Check(x.Shape, 2, size.Height, size.Width, mode, alignCorners);

            // the rows last: they run over whole lines
            return Autodiff.Interpolate.Along(Autodiff.Interpolate.Along(x, 3, size.Width, mode, alignCorners), 2, size.Height, mode, alignCorners);
        }
    }
}
