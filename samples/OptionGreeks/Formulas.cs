using System.Numerics;

/// <summary>What prices and Greeks depend on: the spot, the volatility and the rate of a year, the years to maturity.</summary>
internal readonly record struct Market<T>(T Spot, T Volatility, T Rate, T Time);

/// <summary>A call that ends worthless below the barrier on one of its dates. The widths smooth the barrier, in logarithms, and the strike, in money.</summary>
internal readonly record struct Contract<T>(T Strike, T Barrier, T BarrierWidth, T StrikeWidth);

/// <summary>Written once over .NET's numbers: with double they are prices, with Scalar&lt;double&gt; they have Greeks.</summary>
internal static class Formulas
{
    /// <summary>Black and Scholes (1973): C = S·N(d₁) − K·e^(−rT)·N(d₂), d₁ = (ln(S/K) + (r + σ²/2)·T) / (σ·√T), d₂ = d₁ − σ·√T.</summary>
    public static T Call<T>(Market<T> m, T strike) where T : IFloatingPointIeee754<T>
    {
        T deviation = m.Volatility * T.Sqrt(m.Time), two = T.CreateChecked(2);
        T d1 = (T.Log(m.Spot / strike) + (m.Rate + m.Volatility * m.Volatility / two) * m.Time) / deviation;
        return m.Spot * Normal(d1) - strike * T.Exp(-m.Rate * m.Time) * Normal(d1 - deviation);
    }

    /// <summary>
    /// The call that is knocked out below H at any time (Merton 1973; Reiner and Rubinstein 1991), H ≤ K: C(S) − (S/H)^(1 − 2r/σ²)·C(H²/S). Watched on
    /// m dates only, it is as if the barrier were lower by e^(−0.5826·σ·√(T/m)) (Broadie, Glasserman and Kou 1997; 0.5826 = −ζ(½)/√(2π)).
    /// </summary>
    public static T DownAndOut<T>(Market<T> m, T strike, T barrier, int dates) where T : IFloatingPointIeee754<T>
    {
        T shift = T.CreateChecked(0.5825971579390106) * m.Volatility * T.Sqrt(m.Time / T.CreateChecked(dates)), h = barrier * T.Exp(-shift);
        T power = T.One - T.CreateChecked(2) * m.Rate / (m.Volatility * m.Volatility);
        return Call(m, strike) - T.Pow(m.Spot / h, power) * Call(m with { Spot = h * h / m.Spot }, strike);
    }

    /// <summary>What one path of the spot pays, discounted: its normal numbers, one for each date, go in.</summary>
    /// <remarks>
    /// A step is ln S += (r − σ²/2)·Δt + σ·√Δt·z. To be above the barrier counts 1 / (1 + e^(−ln(S/H)/w)), which is a half at the barrier, and the payoff is
    /// w·ln(1 + e^((S − K)/w)); for w → 0 they become the step and max(S − K, 0). The step's derivative would be zero, and the price's would be wrong.
    /// </remarks>
    public static T Path<T>(Market<T> m, Contract<T> c, ReadOnlySpan<T> normals) where T : IFloatingPointIeee754<T>
    {
        T step = m.Time / T.CreateChecked(normals.Length), deviation = m.Volatility * T.Sqrt(step);
        T drift = (m.Rate - m.Volatility * m.Volatility / T.CreateChecked(2)) * step;
        T x = T.Log(m.Spot / c.Barrier), alive = T.One;
        foreach (T z in normals)
        {
            x += drift + deviation * z;
            alive /= T.One + T.Exp(-x / c.BarrierWidth);
        }
        T gain = c.Barrier * T.Exp(x) - c.Strike;
        T payoff = T.Max(gain, T.Zero) + c.StrikeWidth * T.LogP1(T.Exp(-T.Abs(gain) / c.StrikeWidth));
        return T.Exp(-m.Rate * m.Time) * alive * payoff;
    }

    /// <summary>The normal distribution by its series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) (Marsaglia 2004), until a term no longer counts.</summary>
    private static T Normal<T>(T x) where T : IFloatingPointIeee754<T>
    {
        T term = x, sum = x, last = T.Zero, two = T.CreateChecked(2);
        for (int i = 3; sum != last; i += 2)
        {
            term *= x * x / T.CreateChecked(i);
            (last, sum) = (sum, sum + term);
        }
        return T.One / two + sum * T.Exp(-x * x / two) / T.Sqrt(T.Tau);
    }
}
