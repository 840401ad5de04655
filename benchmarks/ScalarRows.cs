using System.Globalization;
using System.Runtime.Intrinsics;

namespace Autodiff.Benchmarks;

/// <summary>The rows of the table: instances of the objectives, each with all ways to its derivative. An instance is made when its row is measured.</summary>
internal static class ScalarRows
{
    /// <summary>Gaussian mixtures; sizes as <c>10x25x1000</c>: dimensions, components, points.</summary>
    public static IEnumerable<(string Name, Func<ScalarRow> Make)> Mixtures(string sizes)
    {
        foreach (int[] size in Sizes(sizes))
        {
            (int d, int k, int n) = (size[0], size[1], size[2]);
            string what = $"GMM d{d} K{k}, {n:N0} points";
            ScalarRow Mixture(Func<GmmInstance, IDerivative> make, double goal = double.NaN)
            {
                var g = new GmmInstance(d, k, n);
                return new(new GmmObjective(g).Run, make(g), goal);
            }

            yield return ($"{what}, the objective with L by columns", () => Mixture(g => new GmmColumns(g)));
            foreach ((string way, var make) in GmmCheck.Ways) yield return ($"{what}, {way}", () => Mixture(make, Goal(way, d)));
        }
    }

    /// <summary>Long short-term memories; sizes as <c>2x1024</c>: layers, characters.</summary>
    public static IEnumerable<(string Name, Func<ScalarRow> Make)> Memories(string sizes)
    {
        foreach (int[] size in Sizes(sizes))
        {
            ScalarRow Memory(Func<LstmInstance, IDerivative> make, double goal)
            {
                var m = new LstmInstance(size[0], size[1]);
                return new(new LstmObjective(m).Run, make(m), goal);
            }

            foreach ((string way, var make) in LstmCheck.Ways)
                yield return ($"LSTM l{size[0]} c{size[1]}, {way}", () => Memory(make, way == LstmCheck.Plain ? 3 : double.NaN));
        }
    }

    /// <summary>Bundle adjustments; sizes as <c>49x7776x31843</c>: cameras, points, observations.</summary>
    public static IEnumerable<(string Name, Func<ScalarRow> Make)> Bundles(string sizes)
    {
        foreach (int[] size in Sizes(sizes))
        {
            ScalarRow Bundle(Func<BaInstance, IDerivative> make, double goal)
            {
                var b = new BaInstance(size[0], size[1], size[2]);
                return new(new BaObjective(b).Run, make(b), goal);
            }

            foreach ((string way, var make) in BaCheck.Ways)
                yield return ($"BA, Jacobians of {size[2]:N0} blocks, {way}", () => Bundle(make, way == BaCheck.Rows ? 5 : double.NaN));
        }
    }

    /// <summary>Hands; sizes are numbers of points.</summary>
    public static IEnumerable<(string Name, Func<ScalarRow> Make)> Hands(string sizes)
    {
        foreach (int[] size in Sizes(sizes))
        {
            ScalarRow Hand(Func<HandInstance, IDerivative> make, bool complicated)
            {
                var hand = new HandInstance(size[0], complicated);
                return new(new HandObjective(hand).Run, make(hand));
            }

            foreach ((string way, var make) in HandCheck.Ways)
            {
                yield return ($"Hand, {size[0]:N0} points, simple, {way}", () => Hand(make, false));
                yield return ($"Hand, {size[0]:N0} points, complicated, {way}", () => Hand(make, true));
            }
        }
    }

    /// <summary>What the ratio shall be at most, for the sizes that have a goal.</summary>
    private static double Goal(string way, int dimension) => (way, dimension) switch
    {
        (GmmCheck.Plain or GmmCheck.TermByTerm, 10) => Vector512.IsHardwareAccelerated ? 8 : 13,
        (GmmCheck.Plain or GmmCheck.TermByTerm, 20) => Vector512.IsHardwareAccelerated ? 10 : 14,
        (GmmCheck.Spans, 10 or 20) => 7.5,
        (GmmCheck.Rows, 10 or 20) => 0.8,
        _ => double.NaN,
    };

    private static IEnumerable<int[]> Sizes(string sizes)
        => sizes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => Array.ConvertAll(size.Split('x'), n => int.Parse(n, CultureInfo.InvariantCulture)));
}
