using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>The two formulas of the modified Bessel function I₁: its series up to 10, a polynomial in 1/x beyond.</summary>
internal static class BesselSeriesOne
{
    /// <summary>Where the second formula begins.</summary>
    public const double Limit = 10;

    /// <summary>2·I₁(x)/x = Σ wᵏ/(k!·(k + 1)!) of w = x²/4, 0 ≤ x ≤ 10: all terms are positive.</summary>
    /// <remarks>What rounding takes from x² would count up to five times: it is put back by the logarithmic derivative, a few percent of which do not matter:
    /// 1/(2 + w/(3 + w/7)), the continued fraction of I₂/I₁ cut off.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static R Near<R>(R x) where R : struct, ILane<R>
    {
        R quarter = R.Of(0.25), square = x * x, w = quarter * square, lost = quarter * R.FusedMultiplyAdd(x, x, -square);
        R y = R.ByPrecision<Series>(w), slope = R.FusedMultiplyAdd(R.Of(1.0 / 7), w, R.Of(3)) / R.FusedMultiplyAdd(R.Of(9.0 / 7), w, R.Of(6));
        return R.FusedMultiplyAdd(y * lost, slope, y);
    }

    /// <summary>√x·e^(−x)·I₁(x) for x ≥ 10.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static R Far<R>(R x) where R : struct, ILane<R> => R.ByPrecision<Polynomial>((R.Of(2 * Limit) / x) - R.Of(1));

    // what is left out is below 2⁻⁵⁸ (2⁻²⁸) of the whole
    private readonly struct Series : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R w) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(6.234475195398757e-47), w, R.Of(3.4414303078601135e-44)), w, R.Of(1.7413637357772174e-41)), w, R.Of(8.045100459290744e-39));
            p = R.Horner(p, w, 3.3789421929021126e-36, 1.2839980333028028e-33, 4.391273273895586e-31, 1.3437296218120491e-28);
            p = R.Horner(p, w, 3.654944571328774e-26, 8.771866971189057e-24, 1.842092063949702e-21, 3.352607556388458e-19);
            p = R.Horner(p, w, 5.230067787965994e-17, 6.903689480115112e-15, 7.594058428126623e-13, 6.834652585313961e-11);
            p = R.Horner(p, w, 4.920949861426052e-09, 2.755731922398589e-07, 1.1574074074074073e-05, 0.00034722222222222224);
            return R.Horner(p, w, 0.006944444444444444, 0.08333333333333333, 0.5, 1.0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R w) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(1.3437296218120491e-28), w, 3.654944571328774e-26, 8.771866971189057e-24, 1.842092063949702e-21, 3.352607556388458e-19);
            p = R.Horner(p, w, 5.230067787965994e-17, 6.903689480115112e-15, 7.594058428126623e-13, 6.834652585313961e-11);
            p = R.Horner(p, w, 4.920949861426052e-09, 2.755731922398589e-07, 1.1574074074074073e-05, 0.00034722222222222224);
            return R.Horner(p, w, 0.006944444444444444, 0.08333333333333333, 0.5, 1.0);
        }
    }

    // of t = 20/x − 1, at whose Chebyshev points it equals the function (computed with 60 digits): 21 of them, relative error below 2⁻⁵⁷; in float 7, below 2⁻³¹
    private readonly struct Polynomial : IPrecisionFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Double<R>(R t) where R : struct, ILane<R>
        {
            R p = R.Horner(R.Of(-5.001818222312378e-12), t, -2.709236254103626e-12, 3.1912473453295585e-11, 2.4193666878165042e-11, -8.799565212017509e-11);
            p = R.Horner(p, t, -1.0375420084722629e-10, 1.0544010174897499e-10, 2.525391357033204e-10, 1.0940018017898828e-10);
            p = R.Horner(p, t, -1.6494910233422713e-10, -3.9884173055440503e-10, -6.794199209830196e-10, -1.3948977726120614e-09);
            p = R.Horner(p, t, -3.965028981256195e-09, -1.5598306595784334e-08, -8.389642841701125e-08, -6.294296321522071e-07);
            return R.Horner(p, t, -7.012361313501271e-06, -0.00013480146633788794, -0.007730905126755938, 0.39133972251206706);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static R Single<R>(R t) where R : struct, ILane<R>
        {
            R p = R.FusedMultiplyAdd(R.FusedMultiplyAdd(R.Of(-1.853914556474683e-08), t, R.Of(-9.229551641849664e-08)), t, R.Of(-6.279102733687491e-07));
            return R.Horner(p, t, -7.007955454829704e-06, -0.00013480165791913463, -0.007730905685853419, 0.39133972251206706);
        }
    }
}
