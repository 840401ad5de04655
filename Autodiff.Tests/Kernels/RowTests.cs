using System.Numerics;
using Autodiff.Kernels;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Kernels;

/// <summary>The kernels that work row by row, against loops in double, at every length around the lanes' widths.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed unsafe class RowTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Rows = 3;

    private static readonly int[] Lengths = [.. Enumerable.Range(1, 18), 31, 32, 33, 63, 64, 65, 127, 129, 257, 5000];

    private static readonly double U = Numbers.Epsilon<T>();

    [Test]
    public void Softmax_and_its_logarithm([ValueSource(nameof(Lengths))] int n)
    {
        T[] x = Draw(n, 5), y = new T[Rows * n], z = new T[Rows * n];
        SoftmaxLanes.Softmax<T>(x, y, Rows, n, 1);
        SoftmaxLanes.LogSoftmax<T>(x, z, Rows, n, 1);
        for (int r = 0; r < Rows; r++)
        {
            double[] row = Row(x, r, n);
            double greatest = row.Max();
            double[] e = [.. row.Select(v => Math.Exp(v - greatest))];
            double sum = Sum(e), logarithm = Math.Log(sum);
            for (int i = 0; i < n; i++)
            {
                // the exponent is off by half a unit of its magnitude (up to 10), the sum by far less than its length
                Close(y[(r * n) + i], e[i] / sum, 20 * U * (e[i] / sum), $"softmax {i}");
                Close(z[(r * n) + i], row[i] - greatest - logarithm, 8 * U * (10 + logarithm), $"log-softmax {i}");
            }
        }
    }

    [Test]
    public void Softmax_with_a_scale_and_a_causal_mask([ValueSource(nameof(Lengths))] int n)
    {
        T[] x = Draw(n, 5), y = new T[Rows * n];
        fixed (T* px = x, py = y)
            SharedRows.Run(new SoftmaxRows<T> { X = px, Y = py, N = n, Scale = T.CreateChecked(0.5), Factor = T.One, Period = 2 }, Rows, n);
        for (int r = 0; r < Rows; r++)
        {
            int seen = Math.Min(n, (r % 2) + 1);
            double[] row = Row(x, r, n), e = [.. row.Take(seen).Select(v => Math.Exp(0.5 * v))];
            for (int i = 0; i < n; i++) Close(y[(r * n) + i], i < seen ? e[i] / e.Sum() : 0, 20 * U, $"{i}");
        }
    }

    [Test]
    public void What_a_softmax_does_to_weights([ValueSource(nameof(Lengths))] int n, [Values] bool adds, [Values(1, 2)] int inner)
    {
        T[] y = Draw(n * inner, 1), w = Draw(n * inner, 1), start = Draw(n * inner, 1), x = [.. start], z = [.. start];
        SoftmaxPulls.Softmax<T>(y, w, x, Rows, n, inner, T.CreateChecked(0.25), adds);
        SoftmaxPulls.LogSoftmax<T>(y, w, z, Rows, n, inner, adds);
        for (int lane = 0; lane < Rows * inner; lane++)
        {
            int[] at = [.. Enumerable.Range(0, n).Select(i => (lane / inner * n * inner) + (i * inner) + (lane % inner))];
            double product = at.Sum(i => Double(w[i]) * Double(y[i])), sum = at.Sum(i => Double(w[i])), size = at.Sum(i => Math.Abs(Double(w[i])));
            foreach (int i in at)
            {
                double before = adds ? Double(start[i]) : 0, exp = Math.Exp(Double(y[i]));
                Close(x[i], before + (0.25 * Double(y[i]) * (Double(w[i]) - product)), 40 * U * (1 + size), $"softmax {i}");
                Close(z[i], before + Double(w[i]) - (exp * sum), 40 * U * (1 + size) * Math.E, $"log-softmax {i}");
            }
        }
    }

    [Test]
    public void Rows_of_mean_0_and_variance_1([ValueSource(nameof(Lengths))] int n, [Values] bool gain)
    {
        T[] x = Draw(n, 2), g = Draw(n, 1), b = Draw(n, 1), y = new T[Rows * n], r = new T[Rows];
        fixed (T* px = x, pg = g, pb = b, py = y, pr = r)
            SharedRows.Run(new NormalisedRows<T> { X = px, Y = py, R = pr, Gain = gain ? pg : null, Bias = gain ? pb : null, N = n, Epsilon = T.CreateChecked(0.25) }, Rows, n);
        for (int row = 0; row < Rows; row++)
        {
            (double mean, double factor) = Moments(Row(x, row, n));
            Close(r[row], factor, 20 * U * factor, "r");
            for (int i = 0; i < n; i++)
            {
                double z = (Double(x[(row * n) + i]) - mean) * factor;
                Close(y[(row * n) + i], gain ? (z * Double(g[i])) + Double(b[i]) : z, 60 * U, $"{i}");
            }
        }
    }

    [Test]
    public void What_normalising_does_to_weights([ValueSource(nameof(Lengths))] int n, [Values] bool adds)
    {
        T[] x = Draw(n, 2), w = Draw(n, 1), start = Draw(n, 1), z = [.. start];
        w.AsSpan(n, n).Clear();
        x[n] = T.NaN;
        fixed (T* px = x, pw = w, pz = z)
            SharedRows.Run(new NormalisedRows<T> { X = px, W = pw, Z = pz, Adds = adds, N = n, Epsilon = T.CreateChecked(0.25) }, Rows, n);
        for (int row = 0; row < Rows; row++)
        {
            double[] xs = Row(x, row, n), ws = Row(w, row, n);
            (double mean, double r) = Moments(xs);
            double meanW = ws.Average(), meanWY = ws.Select((v, i) => v * (xs[i] - mean) * r).Average();
            for (int i = 0; i < n; i++)
            {
                double expected = row == 1 ? 0 : r * (ws[i] - meanW - ((xs[i] - mean) * r * meanWY));
                Close(z[(row * n) + i], expected + (adds ? Double(start[(row * n) + i]) : 0), 100 * U, $"row {row}, {i}");
            }
        }
    }

    [Test]
    public void Cross_entropy_and_what_it_does_to_weights([ValueSource(nameof(Lengths))] int n)
    {
        T[] x = Draw(n, 5), y = new T[Rows], z = new T[Rows * n], w = [T.One, T.Zero, T.CreateChecked(-0.5)];
        int[] places = [n - 1, n + (n / 2), 2 * n];
        x[n] = T.NaN;
        fixed (T* px = x, py = y, pw = w, pz = z)
        fixed (int* pp = places)
        {
            SharedRows.Run(new CrossEntropyRows<T> { X = px, Y = py, Places = pp, N = n }, Rows, n);
            SharedRows.Run(new CrossEntropyRows<T> { X = px, W = pw, Z = pz, Places = pp, N = n }, Rows, n);
        }

        T.IsNaN(y[1]).ShouldBeTrue();
        z.AsSpan(n, n).ContainsAnyExcept(T.Zero).ShouldBeFalse();
        foreach (int r in new[] { 0, 2 })
        {
            double[] row = Row(x, r, n);
            double greatest = row.Max(), sum = Sum(row.Select(v => Math.Exp(v - greatest))), label = row[places[r] - (r * n)];
            Close(y[r], Math.Log(sum) - (label - greatest), 8 * U * (10 + Math.Log(sum)), $"row {r}");
            for (int i = 0; i < n; i++)
                Close(z[(r * n) + i], Double(w[r]) * ((Math.Exp(row[i] - greatest) / sum) - ((r * n) + i == places[r] ? 1 : 0)), 30 * U, $"row {r}, {i}");
        }
    }

    private static T[] Draw(int n, double scale)
    {
        var random = new Random(n);
        return [.. Enumerable.Range(0, Rows * n).Select(_ => T.CreateChecked(scale * ((2 * random.NextDouble()) - 1)))];
    }

    private static (double Mean, double R) Moments(double[] row)
    {
        double mean = row.Average();
        return (mean, 1 / Math.Sqrt(row.Average(v => (v - mean) * (v - mean)) + 0.25));
    }

    // compensated (Kahan): a plain sum of 5,000 would be off by more than what is tested
    private static double Sum(IEnumerable<double> terms)
    {
        double sum = 0, lost = 0;
        foreach (double term in terms)
        {
            double y = term - lost, next = sum + y;
            (lost, sum) = (next - sum - y, next);
        }

        return sum;
    }

    private static double[] Row(T[] x, int row, int n) => [.. x.Skip(row * n).Take(n).Select(Double)];

    private static double Double(T x) => double.CreateChecked(x);

    private static void Close(T got, double expected, double bound, string what)
        => Math.Abs(Double(got) - expected).ShouldBeLessThanOrEqualTo(bound, what);
}
