namespace Autodiff;

/// <summary>A union of closed intervals, away from kinks and poles, from which inputs of checks are drawn.</summary>
public sealed class Domain
{
    private readonly (double From, double To)[] intervals;

    private Domain((double From, double To)[] intervals) => this.intervals = intervals;

    /// <summary>[−2, 2].</summary>
    public static Domain Reals { get; } = In((-2, 2));

    /// <summary>[0.3, 3].</summary>
    public static Domain Positive { get; } = In((0.3, 3));

    /// <summary>[−2, −0.2] ∪ [0.2, 2].</summary>
    public static Domain NonZero { get; } = In((-2, -0.2), (0.2, 2));

    /// <summary>{0, 1}: conditions.</summary>
    public static Domain Binary { get; } = In((0, 0), (1, 1));

    /// <summary>The union of the given intervals; all equally likely.</summary>
    /// <exception cref="ArgumentException">No interval, or one that is empty or not finite.</exception>
    public static Domain In(params (double From, double To)[] intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        foreach ((double from, double to) in intervals)
            if (!(from <= to) || !double.IsFinite(to - from))
                throw new ArgumentException($"Domain: the interval is [{from}, {to}]; needs finite ends, from ≤ to.", nameof(intervals));
        if (intervals.Length == 0) throw new ArgumentException("Domain: no interval was given; needs at least one.", nameof(intervals));
        return new Domain([.. intervals]);
    }

    /// <summary>Whether it is made of single numbers: conditions, by which nothing is differentiated.</summary>
    public bool IsDiscrete => Array.TrueForAll(intervals, i => i.From == i.To);

    /// <summary>A number of the domain.</summary>
    public double Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (double from, double to) = intervals[random.Next(intervals.Length)];
        return from + ((to - from) * random.NextDouble());
    }
}
