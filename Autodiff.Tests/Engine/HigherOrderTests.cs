using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Gradients of gradients, to the fourth order, against closed forms.</summary>
[TestFixture]
public sealed class HigherOrderTests
{
    private static readonly double[] X = [0.3, -1.2, 0.8, 1.7];

    // each order multiplies the rounding by the number of terms recorded; four orders stay far below this
    private const double Tolerance = 1e-12;

    [Test]
    public void AnElementWhoseCotangentIsAPlainNumberIsRecorded()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([2.0, 3], [2]);
        Assert.That(tape.Gradient(x[1], x).Values.ToArray(), Is.EqualTo(new double[] { 0, 1 }));
        Assert.That(tape.Gradient(x.Square().Sum() + x[0], x).Values.ToArray(), Is.EqualTo(new double[] { 5, 6 }));
    }

    [Test]
    public void SinesOfATensorGoRound()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(X, [4]);
        Scalar<double> f = x.Sin().Sum();
        Func<double, double>[] derivatives = [Math.Cos, v => -Math.Sin(v), v => -Math.Cos(v), Math.Sin];
        foreach (Func<double, double> derivative in derivatives)
        {
            Variable<double> g = tape.Gradient(f, x);
            Assert.That(g.Values.ToArray(), Is.EqualTo(X.Select(derivative).ToArray()).Within(Tolerance));
            f = g.Sum();
        }

        Assert.That(tape.Backward(f)[x].ToArray(), Is.EqualTo(X.Select(Math.Cos).ToArray()).Within(Tolerance), "the fifth, by the plain sweep");
    }

    [Test]
    public void AProductOfEverythingHasMixedDerivatives()
    {
        // f = (Σ aᵢxᵢ)⁴ through a matrix product: the k-th derivative along v is 4!/(4−k)!·(a·x)^(4−k)·(a·v)^k
        double[] a = [1, -0.5, 2, 0.25], v = [0.5, 1, -0.3, 2];
        double s = Dot(a, X), t = Dot(a, v);
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(X, [4, 1]), along = tape.Constant(v, [4, 1]);
        Scalar<double> f = tape.Constant(a, [1, 4]).MatMul(x).Square().Square().Sum();
        double factor = 1;
        for (int k = 1; k <= 4; k++)
        {
            f = (tape.Gradient(f, x) * along).Sum();
            factor *= 5 - k;
            f.Value.ShouldBe(factor * Math.Pow(s, 4 - k) * Math.Pow(t, k), Tolerance * 100);
        }

        Assert.That(tape.Backward(f)[x].ToArray(), Is.All.EqualTo(0.0).Within(Tolerance));
    }

    [Test]
    public void DerivativesOfLogSumExpAreCumulants()
    {
        // f(x + εv) has the cumulants of v under softmax(x) as derivatives: mean, variance, third and fourth
        double[] v = [1, -2, 0.5, 3], p = [.. X.Select(Math.Exp)];
        double n = p.Sum(), mean = 0;
        for (int i = 0; i < 4; i++) mean += (p[i] /= n) * v[i];
        double Moment(int k) => Enumerable.Range(0, 4).Sum(i => p[i] * Math.Pow(v[i] - mean, k));
        double[] cumulants = [mean, Moment(2), Moment(3), Moment(4) - (3 * Moment(2) * Moment(2))];
        foreach (bool fused in (bool[])[false, true])
        {
            using var tape = new Tape<double>();
            Variable<double> x = tape.Variable(X, [4]), along = tape.Constant(v, [4]);
            Scalar<double> f = fused ? x.LogSumExp() : x.Exp().Sum().Log();
            foreach (double cumulant in cumulants)
            {
                f = (tape.Gradient(f, x) * along).Sum();
                f.Value.ShouldBe(cumulant, Tolerance * 100, $"fused: {fused}");
            }
        }
    }

    [Test]
    public void ScalarsAndTensorsMixAtEveryOrder()
    {
        // f = k³·Σ exp(k·xᵢ): ∂f/∂k by the product rule, through broadcasting and its reverse
        using var tape = new Tape<double>();
        Scalar<double> k = tape.Variable(0.7);
        Variable<double> x = tape.Constant(X, [2, 2]);
        Scalar<double> f = k * k * k * (k * x).Exp().Sum();
        double E(int m) => X.Sum(v => Math.Pow(v, m) * Math.Exp(0.7 * v));
        double[] powers = [0.343, 3 * 0.49, 6 * 0.7, 6, 0];
        int[][] binomial = [[1, 1], [1, 2, 1], [1, 3, 3, 1], [1, 4, 6, 4, 1]];
        for (int order = 1; order <= 4; order++)
        {
            f = tape.Gradient(f, k);
            double expected = Enumerable.Range(0, order + 1).Sum(j => binomial[order - 1][j] * powers[j] * E(order - j));
            f.Value.ShouldBe(expected, Tolerance * Math.Abs(expected) * 10);
        }
    }

    [Test]
    public void TheCotangentMayBeAVariable()
    {
        // ∂/∂ȳ of ⟨ȳᵀJ, v⟩ is J·v: the Jacobian–vector product from two reverse sweeps
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(X, [4]), yBar = tape.Variable(new double[4], [4]);
        double[] v = [1, 2, 3, 4];
        Variable<double> pulled = tape.Gradient(x.Exp() * x, x, yBar);
        Variable<double> jv = tape.Gradient((pulled * tape.Constant(v, [4])).Sum(), yBar);
        Assert.That(jv.Values.ToArray(), Is.EqualTo(X.Select((a, i) => (1 + a) * Math.Exp(a) * v[i]).ToArray()).Within(Tolerance));
    }

    [Test]
    public void SeveralInputsInOneSweepAndOnesThatDoNotMatter()
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(X, [4]), y = tape.Variable([2.0], [1]), apart = tape.Variable(new double[6], [2, 3]);
        Scalar<double> f = (x * x * y).Sum();
        Variable<double>[] g = tape.Gradient(f, [x, apart, y, x]);
        Assert.That(g[0].Values.ToArray(), Is.EqualTo(X.Select(a => 4 * a).ToArray()).Within(Tolerance));
        Assert.That(g[1].Values.ToArray(), Is.EqualTo(new double[6]));
        g[1].Shape.ShouldBe(Shape.Create([2, 3]));
        Assert.That(g[2].Values.ToArray(), Is.EqualTo(new[] { X.Sum(a => a * a) }).Within(Tolerance));
        Assert.That(g[3].Values.ToArray(), Is.EqualTo(g[0].Values.ToArray()));
        tape.Gradient(tape.Variable(2.0), tape.Variable(3.0)).Value.ShouldBe(0);
        Variable<double> itself = tape.Gradient(x, x, tape.Constant([1.0, 2, 3, 4], [4]));
        Assert.That(itself.Values.ToArray(), Is.EqualTo(new double[] { 1, 2, 3, 4 }));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
