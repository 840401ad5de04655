using System.Buffers;
using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>One axis sampled anew, or, transposed, the samples' share given back to what they were made of. Linear.</summary>
/// <remarks>Shapes: [outer, from, inner] → [outer, to, inner], transposed the other way. x̄ is the same transposed.</remarks>
/// <param name="Axis">The axis, counted from the front.</param>
/// <param name="From">Its length.</param>
/// <param name="To">The number of samples.</param>
/// <param name="Mode">What a sample is made of.</param>
/// <param name="AlignCorners">Whether the first and last samples are the first and last elements.</param>
/// <param name="Transposed">Which way it goes.</param>
internal readonly record struct Resample(int Axis, int From, int To, InterpolationMode Mode, bool AlignCorners, bool Transposed) : IOperation<Resample>
{
    public static Saved Saves => Saved.Nothing;

    private int Taps => Mode switch { InterpolationMode.Nearest => 1, InterpolationMode.Linear => 2, _ => 4 };

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0].With(Axis, Transposed ? From : To);

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (int outer, _, int inner) = step.Shape(0).Around(Axis);
        int taps = Taps, count = checked(To * taps);
        int[] places = ArrayPool<int>.Shared.Rent(count);
        T[] weights = ArrayPool<T>.Shared.Rent(count);
        for (int i = 0; i < To; i++) Weigh(i, places.AsSpan(i * taps, taps), weights.AsSpan(i * taps, taps));
        Resampling.Run(step[0], step.Output, places.AsSpan(0, count), weights.AsSpan(0, count), taps, outer, inner, Transposed);
        ArrayPool<T>.Shared.Return(weights);
        ArrayPool<int>.Shared.Return(places);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, Variable<T>.Apply(this with { Transposed = !Transposed }, step.Cotangent));

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("shares of cubic samples", x => Variable<T>.Apply(new Resample(1, 3, 5, InterpolationMode.Cubic, false, true), x[0]), Sample.Of(2, 5, 2))];

    // which elements sample i is made of
    private void Weigh<T>(int i, Span<int> places, Span<T> weights) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Mode == InterpolationMode.Nearest)
        {
            (places[0], weights[0]) = ((int)((long)i * From / To), T.One);
            return;
        }

        // where it lies among the elements: one division, so that it is right at the ends
        double at = AlignCorners
            ? To == 1 ? 0 : (double)((long)i * (From - 1)) / (To - 1)
            : ((double)(((2L * i) + 1) * From) - To) / (2.0 * To);
        if (Mode == InterpolationMode.Linear) at = Math.Max(at, 0);
        double floor = Math.Floor(at), t = at - floor;
        int first = (int)floor;
        if (Mode == InterpolationMode.Linear)
        {
            (places[0], places[1]) = (first, Math.Min(first + 1, From - 1));
            (weights[0], weights[1]) = (T.CreateTruncating(1 - t), T.CreateTruncating(t));
            return;
        }

        for (int k = 0; k < 4; k++) places[k] = Math.Clamp(first + k - 1, 0, From - 1);
        weights[0] = T.CreateTruncating(Far(t + 1));
        weights[1] = T.CreateTruncating(Near(t));
        weights[2] = T.CreateTruncating(Near(1 - t));
        weights[3] = T.CreateTruncating(Far(2 - t));
    }

    // Keys' kernel (1981), a = −3/4: at a distance up to 1, and from 1 to 2
    private static double Near(double d) => ((((-0.75 + 2) * d) - (-0.75 + 3)) * d * d) + 1;

    private static double Far(double d) => -0.75 * ((((d - 5) * d) + 8) * d - 4);
}
