using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Generic;

/// <summary>The derivatives of every function of .NET's number interfaces, beside differences of double's own.</summary>
[TestFixture]
public sealed class NumberDerivativeTests
{
    private static IEnumerable<string> Names => NumberFunctions.Of<double>().Keys;

    [TestCaseSource(nameof(Names))]
    public void DerivativesAreThoseOfPlainNumbers(string name)
    {
        Func<double[], double>[] plain = NumberFunctions.Exact<double>(name);
        Func<Scalar<double>[], Scalar<double>>[] scalar = NumberFunctions.Of<Scalar<double>>()[name];
        using var tape = new Tape<double>();
        int compared = 0;
        foreach (double[] x in Points(name))
        {
            for (int f = 0; f < plain.Length; f++)
            {
                tape.Reset();
                Scalar<double>[] v = [.. x.Select(tape.Variable)];
                Gradients<double> g = tape.Backward(scalar[f](v));
                for (int k = 0; k < x.Length; k++)
                {
                    double slope = Difference(plain[f], x, k), got = g[v[k]];
                    if (!double.IsFinite(slope)) continue;   // docs/conventions.md has the edges
                    string at = $"{name} [{f}] by {k} at {string.Join(", ", x)}";
                    got.ShouldBe(slope, 1e-9 * (1 + Math.Abs(slope) + Math.Abs(plain[f](x))), at);
                    compared++;
                }
            }
        }

        compared.ShouldBeGreaterThan(1);
    }

    // away from kinks and steps, which stand at halves, hundredths and thousandths and where magnitudes are equal
    private static IEnumerable<double[]> Points(string name)
    {
        foreach (double first in name.StartsWith("Acosh", StringComparison.Ordinal) ? [1.10031, 1.61271] : new[] { 0.15031, 0.38731, 0.66161 })
            foreach (int sign in new[] { 1, -1 })
                yield return [.. new[] { first, 1.61342, 2.31711 }[..NumberFunctions.Arity(name)].Select(x => sign * x)];
    }

    // Five points, steps of h = 4e-5: rounding leaves about u / h = 3e-12 of the value, a few times as much where double's own function is off by units.
    private static double Difference(Func<double[], double> f, double[] x, int k)
    {
        const double H = 4e-5;
        double At(double steps) => f([.. x.Select((v, i) => i == k ? v + (H * steps) : v)]);
        return (At(-2) - At(2) + (8 * (At(1) - At(-1)))) / (12 * H);
    }
}
