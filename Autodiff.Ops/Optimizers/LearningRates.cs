using System.Globalization;

namespace Autodiff;

/// <summary>Schedules: learning rates as functions of the step, counted from 0, to be given to <see cref="IOptimizer{T}.LearningRate"/> before each step.</summary>
public static class LearningRates
{
    /// <summary>A straight line from the first rate to the last, which it keeps from step <paramref name="steps"/> on; from 0 up it is a warm-up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the number of steps not positive, or a rate negative or not finite.</exception>
    public static double Linear(int step, int steps, double first, double last)
    {
        Check("Linear", step, nameof(steps), steps, first, last);
        double t = Math.Min((double)step / steps, 1);
        return ((1 - t) * first) + (t * last);
    }

    /// <summary>Half a cosine from the first rate to the last, which it keeps: last + (first − last)·(1 + cos(π·step/steps))/2.</summary>
    /// <remarks>Source: Loshchilov and Hutter, SGDR (2017), without restarts.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the number of steps not positive, or a rate negative or not finite.</exception>
    public static double Cosine(int step, int steps, double first, double last = 0)
    {
        Check("Cosine", step, nameof(steps), steps, first, last);
        double share = 0.5 * (1 + double.CosPi(Math.Min((double)step / steps, 1)));
        return (share * first) + ((1 - share) * last);
    }

    /// <summary>A rate that is multiplied by a factor every so many steps: first·factor^⌊step/every⌋; every 1 step, it is exponential.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative, the number of steps not positive, or a number negative or not finite.</exception>
    public static double Decay(int step, int every, double first, double factor)
    {
        Check("Decay", step, nameof(every), every, first, factor);
        return first * Math.Pow(factor, step / every);
    }

    private static void Check(string op, int step, string name, int steps, double first, double second)
    {
        if (step < 0) throw new ArgumentOutOfRangeException(nameof(step), $"{op}: step is {step}; needs 0 or more.");
        if (steps < 1) throw new ArgumentOutOfRangeException(name, $"{op}: {name} is {steps}; needs 1 or more.");
        if (!(first >= 0 && second >= 0 && double.IsFinite(first + second)))
            throw new ArgumentOutOfRangeException(nameof(first), string.Create(CultureInfo.InvariantCulture, $"{op}: the numbers are {first} and {second}; needs finite ones, 0 or more."));
    }
}
