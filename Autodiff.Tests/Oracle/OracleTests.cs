using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Oracle;

/// <summary>Every case of the files in double: value and gradient to 1e-10, second order to 1e-8, relative to the number (to 0.001, if it is smaller).</summary>
[TestFixture]
public sealed class OracleTests
{
    // libtorch's own rounding and ours, over the longest case a few hundred operations: 1e-10 leaves five digits
    private const double FirstOrder = 1e-10, SecondOrder = 1e-8;

    private static IEnumerable<OracleCase> Built => OracleCase.All.Where(c => !OracleCalls.NotYetBuilt.Contains(c.Op));

    private static IEnumerable<OracleCase> Elementwise => Built.Where(c => OracleCalls.IsElementwise(c.Op));

    [TestCaseSource(nameof(Built))]
    public void TensorsAgreeWithLibtorch(OracleCase c) => Agree(OracleRun.Tensors<double>(c, OracleNumbers.Of(c)), c);

    [TestCaseSource(nameof(Elementwise))]
    public void ScalarsAgreeWithLibtorch(OracleCase c) => Agree(OracleRun.Scalars<double>(c, OracleNumbers.Of(c)), c);

    [Test]
    public void EveryCaseIsRunOrListedAsNotYetBuilt()
    {
        OracleCase.All.Count.ShouldBe(348);
        int notYet = OracleCase.All.Count(c => OracleCalls.NotYetBuilt.Contains(c.Op));
        (Built.Count() + notYet).ShouldBe(348);
        OracleCalls.NotYetBuilt.Except(OracleCase.All.Select(c => c.Op)).ShouldBeEmpty("names under NotYetBuilt that no case has");
        OracleCalls.NotYetBuilt.Where(OracleCalls.IsElementwise).ShouldBeEmpty("built, but listed as not yet built");
        TestContext.Out.WriteLine($"{Built.Count()} cases run, {notYet} of {OracleCalls.NotYetBuilt.Count} ops not yet built");
    }

    [Test]
    public void AWrongNumberIsNoticed()
    {
        OracleCase c = OracleCase.All.First(c => c.Op == "tanh");
        OracleResult right = OracleRun.Tensors<double>(c, OracleNumbers.Of(c));
        OracleResult wrong = right with { Gradients = [[.. right.Gradients[0]!.Select((g, i) => i == 3 ? g * (1 + 1e-9) : g)]] };
        Difference(right, c).ShouldBeNull();
        Difference(wrong, c).ShouldNotBeNull().ShouldContain("gradient by input 0, element 3");
    }

    private static void Agree(OracleResult got, OracleCase c)
    {
        if (Difference(got, c) is { } difference) Assert.Fail(difference);
    }

    private static string? Difference(OracleResult got, OracleCase c)
    {
        (string What, bool IsSecondOrder, double[] Numbers)[] ours = [.. got.Parts()], theirs = [.. OracleResult.Expected(c).Parts()];
        if (ours.Length != theirs.Length) return $"{c.Id}: {ours.Length} parts came; needs {theirs.Length}.";
        foreach ((var a, var b) in ours.Zip(theirs))
        {
            if (a.Numbers.Length != b.Numbers.Length) return $"{c.Id}: {a.What} has {a.Numbers.Length} numbers; needs {b.Numbers.Length}.";
            double tolerance = a.IsSecondOrder ? SecondOrder : FirstOrder;
            for (int i = 0; i < a.Numbers.Length; i++)
            {
                (double x, double y) = (a.Numbers[i], b.Numbers[i]);
                bool same = x.Equals(y) || Math.Abs(x - y) <= tolerance * Math.Max(1e-3, Math.Abs(y));
                if (!same) return $"{c.Id}: {a.What}, element {i}: got {x:R}, libtorch has {y:R}.";
            }
        }

        return null;
    }
}
