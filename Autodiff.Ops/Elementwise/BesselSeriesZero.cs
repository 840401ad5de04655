using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The two formulas of the modified Bessel function I₀: its series up to 10, a polynomial in 1/x beyond.</summary>
internal static class BesselSeriesZero
{
    /// <summary>Where the second formula begins.</summary>
    public const double Limit = 10;

    /// <summary>I₀(x) = Σ wᵏ/k!² of w = x²/4, 0 ≤ x ≤ 10: all terms are positive.</summary>
    /// <remarks>What rounding takes from x² would count up to five times: it is put back by the logarithmic derivative, a few percent of which do not matter:
    /// 1/(1 + w/(2 + w/6)), the continued fraction of I₁/I₀ cut off.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static R Near<R>(R x) where R : struct, ILane<R>
    {
        R quarter = R.Of(0.25), square = x * x, w = quarter * square, lost = quarter * R.FusedMultiplyAdd(x, x, -square), two = R.Of(2);
        R y = R.ByPrecision<Series>(w), slope = R.FusedMultiplyAdd(R.Of(1.0 / 6), w, two) / R.FusedMultiplyAdd(R.Of(7.0 / 6), w, two);
        return R.FusedMultiplyAdd(y * lost, slope, y);
    }

    /// <summary>√x·e^(−x)·I₀(x) for x ≥ 10.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static R Far<R>(R x) where R : struct, ILane<R> => R.ByPrecision<Polynomial>((R.Of(2 * Limit) / x) - R.Of(1));

    // what is left out is below 2⁻⁵⁸ (2⁻²⁸) of the whole
    private readonly struct Series : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R w) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.4962740468957016e-45), w, R.Of(7.915289708078262e-43)), w, R.Of(3.8310002187098785e-40)), w, R.Of(1.6894710964510564e-37));
            p = R.Horner(p, w, 6.757884385804225e-35, 2.4395962632753253e-32, 7.904291893012054e-30, 2.2843403570804838e-27);
            p = R.Horner(p, w, 5.8479113141260385e-25, 1.3157800456783586e-22, 2.5789288895295828e-20, 4.358389823304995e-18);
            p = R.Horner(p, w, 6.276081345559193e-16, 7.594058428126623e-14, 7.594058428126624e-12, 6.151187326782565e-10);
            p = R.Horner(p, w, 3.936759889140842e-08, 1.9290123456790124e-06, 6.944444444444444e-05, 0.001736111111111111);
            return R.Horner(p, w, 0.027777777777777776, 0.25, 1.0, 1.0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R w) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(2.2843403570804838e-27), w, 5.8479113141260385e-25, 1.3157800456783586e-22, 2.5789288895295828e-20, 4.358389823304995e-18);
            p = R.Horner(p, w, 6.276081345559193e-16, 7.594058428126623e-14, 7.594058428126624e-12, 6.151187326782565e-10);
            p = R.Horner(p, w, 3.936759889140842e-08, 1.9290123456790124e-06, 6.944444444444444e-05, 0.001736111111111111);
            return R.Horner(p, w, 0.027777777777777776, 0.25, 1.0, 1.0);
        }
    }

    // of t = 20/x − 1, at whose Chebyshev points it equals the function (computed with 60 digits): 21 of them, relative error below 2⁻⁵⁷; in float 7, below 2⁻³¹
    private readonly struct Polynomial : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R t) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(4.814005830000333e-12), t, 2.767339685555002e-12, -3.055960610486955e-11, -2.422590687289376e-11, 8.344367527867416e-11);
            p = R.Horner(p, t, 1.0181138641337089e-10, -9.716528662307308e-11, -2.4247917231732244e-10, -1.1027480637908876e-10);
            p = R.Horner(p, t, 1.5156816932156447e-10, 3.744336710674325e-10, 6.335710056030594e-10, 1.2794854834486504e-09);
            p = R.Horner(p, t, 3.5594718586252564e-09, 1.3635290931204917e-08, 7.078400277725272e-08, 5.041257458220273e-07);
            return R.Horner(p, t, 5.152033951272523e-06, 8.311327263721624e-05, 0.002645885967186204, 0.4015097608312065);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R t) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(1.633078194048145e-08), t, R.Of(7.836112996483724e-08)), t, R.Of(5.027346275004797e-07));
            return R.Horner(p, t, 5.148056095072863e-06, 8.311344797113575e-05, 0.0026458864720742166, 0.4015097608312065);
        }
    }
}
