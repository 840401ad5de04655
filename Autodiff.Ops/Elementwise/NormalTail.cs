using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The tail of the normal distribution, Φ(−a) = ½·erfc(a/√2) for a ≥ 0, with all digits where it is small.</summary>
internal static class NormalTail
{
    /// <summary><see cref="Near"/> is in 16 pieces of this width, around 0, Width, 2·Width, …</summary>
    public const double Width = 0.3125;

    /// <summary><see cref="Near"/> holds below.</summary>
    public const double End = 15.5 * Width;

    /// <summary>Φ(−a) for a below <see cref="End"/>, in float: a polynomial of degree 7 in a − i·Width for the nearest i.</summary>
    /// <remarks>Row k of the constants is the coefficient of the k-th power in each of the 16 pieces: the polynomial that equals Φ(−a) at the 8 Chebyshev points
    /// of its piece. Its relative error is below 2⁻²⁶; the sweep over floats in the tests holds it to that.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Near<R>(R a) where R : struct, ILane<R>
    {
        R i = R.RoundToEven(a * R.Of(1 / Width)), d = R.FusedMultiplyAdd(i, R.Of(-Width), a);
        R p = R.Choose(i,
            0.00118170721, 0.00080682198, -2.14584736e-05, -0.000691712873, -0.000812199434, -0.000466597971, -1.86803382e-05, 0.000241053132,
            0.000261859694, 0.000155689902, 4.52011994e-05, -1.520661e-05, -3.01076769e-05, -2.34550704e-05, -1.30772533e-05, -5.8424962e-06);
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            0, 0.00230043633, 0.00318702724, 0.00232933367, 0.000579166304, -0.000873073619, -0.00138912735, -0.00110010587,
            -0.000514835665, -4.81321731e-05, 0.000165012162, 0.000188039258, 0.000132457733, 7.20115943e-05, 3.230783e-05, 1.23310375e-05));
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            -0.00997347131, -0.00767327812, -0.00221192774, 0.00321541996, 0.00598717536, 0.00557880201, 0.00328693504, 0.000854795564,
            -0.000666427162, -0.0011533736, -0.00100172528, -0.00064792842, -0.000341958032, -0.000152876556, -5.90355442e-05, -1.99239225e-05));
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            0, -0.0143577251, -0.0222990962, -0.0212997907, -0.0136749475, -0.00428039919, 0.00277081729, 0.00593248725,
            0.00593408002, 0.00439766066, 0.00266245661, 0.00136878842, 0.000609467191, 0.000237776092, 8.18933687e-05, 2.50287641e-05));
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            0.0664903796, 0.0571380011, 0.0333288485, 0.00518834089, -0.0171233515, -0.0282748679, -0.0288400793, -0.0230016586,
            -0.015337263, -0.00880193339, -0.00441533007, -0.00195407751, -0.000767630173, -0.000268795652, -8.41544648e-05, -2.36107949e-05));
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            0, 0.0593641562, 0.102550301, 0.120503393, 0.114155679, 0.0919507907, 0.0644871341, 0.0398790365,
            0.0219103755, 0.0107474143, 0.00472227805, 0.00186304245, 0.000661116904, 0.000211298186, 6.08869633e-05, 1.58314203e-05));
        p = R.FusedMultiplyAdd(p, d, R.Choose(i,
            -0.39894228, -0.379930606, -0.328160969, -0.257073907, -0.182649085, -0.117697011, -0.0687862758, -0.0364608332,
            -0.0175283005, -0.00764260582, -0.00302225804, -0.001083952, -0.000352595682, -0.000104023715, -2.78340342e-05, -6.75473607e-06));
        return R.FusedMultiplyAdd(p, d, R.Choose(i,
            0.5, 0.377330282, 0.265985529, 0.174250712, 0.105649774, 0.0590851229, 0.0303963618, 0.0143530216,
            0.00620966533, 0.00245790118, 0.000889025299, 0.00029355536, 8.84172852e-05, 2.42749738e-05, 6.0716239e-06, 1.3828135e-06));
    }

    /// <summary>Φ(−a), for any a ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static R Value<R>(R a) where R : struct, ILane<R>
    {
        // the limit is that of the product; near 0 half the error function is the lesser part, and so are its errors
        R limit = R.Of(38.75, 14.375), half = R.Of(0.5), near = R.FusedMultiplyAdd(-half, Erf.Near(R.Of(0.70710678118654752) * a), half), given = a;
        a = R.IfGreater(a, limit, limit, a);
        (R n, R m) = Exp.Reduced(-half * a, a);
        (R q, R rest) = Erfc.Scaled(a, 0.70710678118654752);
        return R.IfGreater(half, given, near, R.Scale(half * (q + R.FusedMultiplyAdd(m, q, R.FusedMultiplyAdd(m, rest, rest))), n));
    }

    /// <summary>a·Φ(−a), for any a ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Product<R>(R a) where R : struct, ILane<R>
    {
        // beyond the limit it is 0, and e^(−a²/2) keeps its exponent in range
        R limit = R.Of(38.75, 14.375);
        a = R.IfGreater(a, limit, limit, a);
        (R n, R m) = Exp.Reduced(R.Of(-0.5) * a, a);
        (R q, R rest) = Erfc.Scaled(a, 0.70710678118654752);
        R half = R.Of(0.5) * a, product = half * q, lost = R.FusedMultiplyAdd(half, rest, R.FusedMultiplyAdd(half, q, -product));
        return R.Scale(product + R.FusedMultiplyAdd(m, product, R.FusedMultiplyAdd(m, lost, lost)), n);
    }
}
