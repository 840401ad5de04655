using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Oracle;

/// <summary>
/// Every case of the files in float, against libtorch's double, within a bound made of the precision and of the case's own magnitudes.
/// </summary>
/// <remarks>
/// A result r of the numbers θ (inputs, cotangent, directions, the op's own value and, for the second order, the tensors that its rule recorded) is called right if it is the exact result, rounded a few times, of numbers
/// that are off by a few roundings (mixed forward–backward stability; Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 1.5):
/// <code>|r_float − r| ≤ K · u · (|r| + Σⱼ |∂r/∂θⱼ| · |θⱼ|),  u = 2⁻²⁴</code>
/// The sum is the componentwise condition of r: of a sum it is Σ|terms|, of a gradient, which is linear in the cotangent, it is Σ|terms| of the
/// vector–Jacobian product at least. It is measured on the same case in double by one-sided differences (step 2⁻²⁰ relative).
/// A logarithm of a sum that is near 1 loses what the sum rounds off: log-sum-exp and log-softmax round their sums at 1, so u itself belongs to |r|.
/// K counts the roundings on the way: 1 for reading θ in float, up to 4 units in the last place for an elementary function and as many for its
/// derivative, the rest for chains of products and sums. The largest met over all cases is 1.7 (each test prints its own); K leaves room for another processor's order of summation.
/// </remarks>
[TestFixture(Category = "Long")]
public sealed class OracleFloatTests
{
    private const double K = 4, Unit = 1.0 / (1 << 24), Step = 1.0 / (1 << 20);

    private static IEnumerable<OracleCase> Built => OracleCase.All.Where(c => !OracleCalls.NotYetBuilt.Contains(c.Op));

    [TestCaseSource(nameof(Built))]
    public void FloatAgreesWithinItsPrecision(OracleCase c)
    {
        OracleNumbers numbers = OracleNumbers.Of(c);
        double[] magnitudes = Magnitudes(c, numbers);
        Hold(c, "tensor", OracleRun.Tensors<float>(c, numbers), magnitudes);
        if (OracleCalls.IsElementwise(c.Op)) Hold(c, "scalar", OracleRun.Scalars<float>(c, numbers), magnitudes);
    }

    [Test]
    public void TheBoundIsNarrow()
    {
        // an error of 1 in 10,000 in a single number is far outside
        OracleCase c = OracleCase.All.First(c => c.Op == "matmul");
        OracleNumbers numbers = OracleNumbers.Of(c);
        OracleResult got = OracleRun.Tensors<float>(c, numbers);
        double[] magnitudes = Magnitudes(c, numbers);
        Difference(got, c, magnitudes).ShouldBeNull();
        got.Gradients[1]![2] *= 1.0001;
        Difference(got, c, magnitudes).ShouldNotBeNull();
    }

    private static void Hold(OracleCase c, string form, OracleResult got, double[] magnitudes)
    {
        if (Difference(got, c, magnitudes) is { } difference) Assert.Fail($"{c.Id} ({form}): {difference}");
    }

    private static string? Difference(OracleResult got, OracleCase c, double[] magnitudes)
    {
        double[] expected = Flat(OracleResult.Expected(c)), actual = Flat(got);
        if (actual.Length != expected.Length) return $"{actual.Length} numbers came; needs {expected.Length}.";
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(actual[i] - expected[i]), bound = K * Unit * magnitudes[i];
            if (!(error <= bound)) return $"number {i} is {actual[i]:R}, libtorch has {expected[i]:R}; off by {error:G3}, the bound is {bound:G3}.";
            if (bound > 0) worst = Math.Max(worst, K * error / bound);
        }

        TestContext.Out.WriteLine($"{c.Id}: {worst:F2} of {K}");
        return null;
    }

    /// <summary>|r| + Σⱼ |∂r/∂θⱼ|·|θⱼ| of every number r of the result.</summary>
    private static double[] Magnitudes(OracleCase c, OracleNumbers numbers)
    {
        double[] r = Flat(OracleRun.Tensors<double>(c, numbers)), magnitudes = [.. r.Select(Math.Abs)];
        int values = c.Output.Data.Length;
        if (c.Op is "logsumexp" or "log_softmax")
            for (int i = 0; i < values; i++) magnitudes[i] += 1;
        foreach (double[] theta in numbers.Inputs.Where((_, i) => !OracleCalls.IsIntegral(c, i) && c.Wants(i)).Append(numbers.Cotangent).Append(numbers.RecordedRounding).Concat(numbers.Directions))
            for (int j = 0; j < theta.Length; j++) Add(theta, j, 1, 0);

        // the value that a rule reads is off by what was found for it, not by a rounding of its own size
        for (int j = 0; j < values; j++)
            if (r[j] != 0) Add(numbers.Rounding, j, magnitudes[j] / Math.Abs(r[j]), values);
        return magnitudes;

        void Add(double[] theta, int j, double scale, int from)
        {
            double kept = theta[j];
            if (kept == 0) return;
            theta[j] = kept * (1 + Step);
            double[] moved = Flat(OracleRun.Tensors<double>(c, numbers));
            theta[j] = kept;
            for (int i = from; i < r.Length; i++) magnitudes[i] += scale * Math.Abs(moved[i] - r[i]) / Step;
        }
    }

    private static double[] Flat(OracleResult result) => [.. result.Parts().SelectMany(p => p.Numbers)];
}
