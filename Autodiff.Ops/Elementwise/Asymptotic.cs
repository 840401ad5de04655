namespace Autodiff;

/// <summary>Series in falling powers for derivatives that are differences of nearly equal numbers far out.</summary>
internal static class Asymptotic
{
    /// <summary>c₀ + c₁·u + c₂·u² + …</summary>
    public static R Sum<R>(R u, ReadOnlySpan<double> c) where R : struct, IReal<R>
    {
        R p = R.Of(c[^1]);
        for (int k = c.Length - 2; k >= 0; k--) p = R.Of(c[k]) + (p * u);
        return p;
    }
}
