using static TorchSharp.torch;

namespace Autodiff.Compare;

/// <summary>Special functions, scans and pooling beside libtorch's: the rarer part of the catalogue.</summary>
internal static class Special
{
    private const int Count = 1 << 16, Side = 1 << 8;

    public static IEnumerable<Work> Works()
    {
        yield return Of("erf", x => x.Erf(), x => x.erf());
        yield return Of("erfc", x => x.Erfc(), x => x.erfc());
        yield return Of("erfcx", x => x.Erfcx(), x => special.erfcx(x));
        yield return Of("ndtr", x => x.Ndtr(), x => special.ndtr(x));
        yield return Of("I0", x => x.I0(), x => special.i0(x));
        yield return Of("I1e", x => x.I1e(), x => special.i1e(x));
        yield return Of("ln gamma", x => x.LogGamma(), x => x.lgamma(), positive: true);
        yield return Of("digamma", x => x.Digamma(), x => x.digamma(), positive: true);
        yield return Of("fmod by 0.7", x => x.Fmod(0.7), x => x.fmod(0.7));
        yield return Of("entr", x => x.Entr(), x => special.entr(x), positive: true);
        yield return Rows("cumsum of columns", x => x.CumSum(0), x => x.cumsum(0));
        yield return Rows("cumprod of rows", x => x.CumProd(1), x => x.cumprod(1));
        yield return Rows("cummax of columns", x => x.CumMax(0), x => x.cummax(0).values);
        yield return Rows("logcumsumexp of columns", x => x.LogCumSumExp(0), x => x.logcumsumexp(0));
        yield return Rows("norm of order 3 of rows", x => x.Norm(1, 3.0), x => linalg.vector_norm(x, 3, [1]));
        yield return Rows("median of rows", x => x.Median(1), x => x.kthvalue(Side / 2, 1).Item1);
        yield return Rows("sort of rows", x => x.Sort(1), x => x.sort(1).Values);
        yield return Rows("distances of 256 points", x => x.Distances(x), x => cdist(x, x));
    }

    private static Work Of(string name, Func<Variable<double>, Variable<double>> ours, Func<Tensor, Tensor> theirs, bool positive = false)
        => Elementwise.Of($"special: {name}", Count, ours, theirs, positive);

    private static Work Rows(string name, Func<Variable<double>, Variable<double>> ours, Func<Tensor, Tensor> theirs)
        => Elementwise.Of<double>($"special: {name}", Count, x => ours(x.Reshape([Side, Side])), x => theirs(x.view(Side, Side)));
}
