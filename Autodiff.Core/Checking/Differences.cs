using System.Numerics;

namespace Autodiff;

/// <summary>What differences say of one derivative.</summary>
/// <param name="Derivative">What the tape says, for the steps that were really made.</param>
/// <param name="Measured">What the differences say.</param>
/// <param name="Error">The estimated error of the differences.</param>
/// <param name="Size">The magnitude of the function, divided by that of the direction's steps.</param>
/// <param name="Step">The step h.</param>
/// <param name="Left">The slope on the left, if there is a kink; else NaN.</param>
/// <param name="Right">The slope on the right.</param>
internal readonly record struct Measurement(double Derivative, double Measured, double Error, double Size, double Step, double Left, double Right)
{
    public bool IsKink => !double.IsNaN(Left);
}

/// <summary>
/// Five-point central differences along a direction, at steps that are halved until rounding outweighs truncation.
/// </summary>
/// <remarks>
/// D(h) = (8(f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h has the truncation error h⁴·f⁗′/30 and, with a function right to c·ε, the rounding error 1.5·c·ε·|f|/h:
/// the best h is near ε^(1/5), the best error near ε^(4/5), 3·10⁻¹³ for double and 3·10⁻⁶ for float, both times what f's derivatives make of it. The best h of a given f is not
/// known, so it is found: the error is estimated by how far D(h), D(h/2), D(h/4) lie apart, and the step is chosen by that alone, never by
/// agreement with the derivative under check. What the number type makes of x ± h is read back and the derivative taken along
/// <em>those</em> steps: the rounding of the inputs then cancels to first order, without which float could not be checked.
/// </remarks>
internal static class Differences
{
    private const int MaxHalvings = 40;

    /// <summary>How many units in the last place the functions are taken to be right to.</summary>
    private const double UlpsOfFunction = 4;

    /// <summary>The differences of each output, beside what its gradient says.</summary>
    /// <param name="function">The function; the magnitudes of what its outputs are summed from are in the second array.</param>
    /// <param name="rows">The gradient of each output.</param>
    /// <param name="point">Where.</param>
    /// <param name="direction">Along what.</param>
    public static Measurement[] Along<T>(Func<T[], (double[] Values, double[] Magnitudes)> function, T[][] rows, T[] point, double[] direction)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double epsilon = typeof(T) == typeof(double) ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1f) - 1, largest = 0;
        for (int i = 0; i < point.Length; i++)
            if (direction[i] != 0) largest = Math.Max(largest, Math.Abs(double.CreateTruncating(point[i])));

        // a tiny input has its own scale; a zero has none
        largest = largest == 0 ? 1 : Math.Max(largest, Math.Min(1, 64 * largest));
        (double[] center, double[] magnitudes) = function(point);
        int outputs = center.Length;
        List<Side[]> sides = [Sides(2 * Step(0))];
        var best = new Measurement[outputs];
        for (int r = 0; r < outputs; r++) best[r] = new(double.NaN, double.NaN, double.PositiveInfinity, magnitudes[r] / largest, double.NaN, double.NaN, double.NaN);
        Measurement[] doubtful = [.. best];
        double[] last = new double[outputs], lastGap = new double[outputs], noise = new double[outputs];
        Array.Fill(last, double.NaN);
        Array.Fill(lastGap, double.NaN);
        for (int k = 0; k < MaxHalvings; k++)
        {
            double h = Step(k);
            sides.Add(Sides(h));
            bool done = k >= 3;
            for (int r = 0; r < outputs; r++)
            {
                Side near = sides[k + 1][r], far = sides[k][r];
                double measured = ((8 * near.Change) - far.Change) / (12 * h), derivative = ((8 * near.Predicted) - far.Predicted) / (12 * h);
                double gap = Math.Abs((measured - derivative) - last[r]), rounding = UlpsOfFunction * 1.5 * epsilon * magnitudes[r] / h;
                double error = (2 * Math.Max(gap, lastGap[r])) + rounding;

                // Steps far too wide for a bounded function give small numbers that differ by all of their size: no measurement, unless there is no other.
                bool isMeasurement = error <= Math.Max(0.1 * Math.Abs(measured), 10 * rounding);
                ref Measurement m = ref isMeasurement ? ref best[r] : ref doubtful[r];
                bool isBetter = error < m.Error;
                if (isBetter) m = m with { Derivative = derivative, Measured = measured, Error = error, Step = h };
                noise[r] = isBetter && isMeasurement ? 0 : Math.Max(noise[r], gap * h);
                (last[r], lastGap[r]) = (measured - derivative, gap);
                done &= rounding >= best[r].Error / 2;
            }

            if (done) break;
        }

        for (int r = 0; r < outputs; r++)
        {
            // the chosen step may owe its small gaps to luck: how noisy the function is the narrower steps say
            Measurement m = double.IsNaN(best[r].Measured) ? doubtful[r] : best[r];
            best[r] = WithKink(m with { Error = Math.Max(m.Error, 2 * noise[r] / m.Step) }, sides, r, epsilon * magnitudes[r]);
        }

        return best;

        double Step(int k) => largest * Math.ScaleB(1, -3 - k);

        Side[] Sides(double h)
        {
            T[] plus = Moved(point, direction, h), minus = Moved(point, direction, -h);
            double[] right = function(plus).Values, left = function(minus).Values;
            var result = new Side[outputs];
            for (int r = 0; r < outputs; r++) result[r] = new(h, left[r] - center[r], right[r] - center[r], Along(rows[r], minus, plus));
            return result;
        }
    }

    private static T[] Moved<T>(T[] point, double[] direction, double h) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] moved = new T[point.Length];
        for (int i = 0; i < moved.Length; i++) moved[i] = direction[i] == 0 ? point[i] : T.CreateTruncating(double.CreateTruncating(point[i]) + (h * direction[i]));
        return moved;
    }

    private static double Along<T>(T[] row, T[] from, T[] to) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double step = double.CreateTruncating(to[i]) - double.CreateTruncating(from[i]);
            if (step != 0) sum += double.CreateTruncating(row[i]) * step;
        }

        return sum;
    }

    // At the smallest step that shows anything: the slopes on the two sides of a smooth point differ in
    // proportion to h; at a kink they differ by the same at every h.
    private static Measurement WithKink(Measurement m, List<Side[]> sides, int r, double unit)
    {
        for (int k = sides.Count - 1; k >= 2; k--)
        {
            Side near = sides[k][r], far = sides[k - 2][r];
            double jump = Math.Abs(near.Right + near.Left), wide = Math.Abs(far.Right + far.Left), enough = 0.05 * (Math.Abs(near.Right) + Math.Abs(near.Left));
            if (enough > 0 && !(enough > 100 * unit)) continue; // too small a step to see a kink by
            bool isNoise = jump < 20 * m.Error * m.Step;
            bool isKink = jump > enough && !isNoise && jump / near.Step > 0.7 * wide / far.Step;
            return isKink ? m with { Left = -near.Left / near.Step, Right = near.Right / near.Step } : m;
        }

        return m;
    }

    /// <summary>What a step to both sides changed, and what the derivative predicts for it.</summary>
    private readonly record struct Side(double Step, double Left, double Right, double Predicted)
    {
        public double Change => Right - Left;
    }
}
