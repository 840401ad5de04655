using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Laws 1, 2, 3, 4, 11, 12, 13: what a derivative is, for every case of every op.</summary>
[TestFixture(typeof(float), Category = "Long")]
[TestFixture(typeof(double))]
public sealed class DerivativeLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static IEnumerable<TestCaseData> Trials => Catalog.Trials<T>().Select(t => t.Data);

    private static IEnumerable<TestCaseData> Selections => Catalog.Trials<T>().Where(t => t.Case.Selects).Select(t => t.Data);

    private static IEnumerable<TestCaseData> Derivatives => Catalog.Trials<T>().Where(t => !Catalog.DeclaresDerivative(t.Op)).Select(t => t.Data);

    private static IEnumerable<TestCaseData> Declared => Catalog.All.Where(Catalog.DeclaresDerivative).Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [TestCaseSource(nameof(Derivatives))]
    public void VjpAndItsDerivativeEqualDifferences(Trial<T> trial)
        => GradCheck.Run(trial.Case, new GradCheckOptions { Name = trial.Name, Seed = Trial<T>.Seed }).Assert();

    // who needs no declaration may not make one
    [TestCaseSource(nameof(Declared))]
    public void ADeclaredDerivativeIsNotThatOfTheValue(Type op)
        => Assert.That(Catalog.Of<T>(op).Select(t => GradCheck.Run(t.Case, new GradCheckOptions { Seed = Trial<T>.Seed }).Passed), Has.Some.False);

    [TestCaseSource(nameof(Trials))]
    public void VjpIsLinearInTheCotangent(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        T[] u = bench.U, v = bench.Draw(u.Length);
        T[] combined = [.. u.Zip(v, (a, b) => (T.CreateTruncating(2) * a) - (T.CreateTruncating(0.5) * b))];
        T[] pu = bench.Pull(u), pv = bench.Pull(v);
        T[] expected = [.. pu.Zip(pv, (a, b) => (T.CreateTruncating(2) * a) - (T.CreateTruncating(0.5) * b))];
        Near.Assert<T>(bench.Pull(combined), expected, "2u − v/2");
        Near.AssertSame<T>(bench.Pull(u), pu, "the same sweep once more");
        Near.Assert<T>(bench.PullRecorded(u), pu, "the recorded sweep");
        bench.Pull(new T[u.Length]).ShouldBeZero("a cotangent of zeros");
    }

    [TestCaseSource(nameof(Trials))]
    public void VjpAddsAndNeverAssigns(Trial<T> trial)
    {
        T[] alone;
        using (var bench = new Bench<T>(trial)) alone = bench.Pull(bench.U);
        foreach (bool before in new[] { false, true })
        {
            // another use of every input: recorded after the op, it contributes before the op does, and the other way round
            using var tape = new Tape<T>();
            Input<T>[] inputs = trial.Inputs();
            Variable<T>[] others = [];
            var twin = new Trial<T>(trial.Op, new Case<T>(trial.Case.Name, Program, [.. trial.Case.Inputs]) { Spacing = trial.Case.Spacing });
            using var bench = new Bench<T>(twin, inputs, null, tape);
            if (!before) others = [.. bench.X.Select(x => x * T.CreateTruncating(3))];
            Scalar<T> sum = bench.Inner(bench.U, bench.Y);
            T[] expected = (T[])alone.Clone();
            for (int k = 0, at = 0; k < others.Length; k++)
            {
                T[] w = bench.Draw(inputs[k].Shape.Size);
                sum += bench.Inner(w, others[k]);
                foreach (T x in w) expected[at++] += x * T.CreateTruncating(3);
            }

            Gradients<T> g = tape.Backward(sum);
            T[] got = [.. bench.X.SelectMany(x => g[x].ToArray())];
            Near.Assert<T>(got, expected, $"another use recorded {(before ? "before" : "after")}");
            T[] recorded = [.. tape.Gradient(sum, bench.X).SelectMany(x => x.Values.ToArray())];
            Near.Assert<T>(recorded, expected, $"another use recorded {(before ? "before" : "after")}, recorded sweep");

            Variable<T> Program(Variable<T>[] x)
            {
                if (before) others = [.. x.Select(v => v * T.CreateTruncating(3))];
                return trial.Case.Function(x);
            }
        }
    }

    [TestCaseSource(nameof(Trials))]
    public void OneVariableUsedTwiceReceivesTheSum(Trial<T> trial)
    {
        Input<T>[] inputs = trial.Inputs();
        for (int i = 0; i < inputs.Length; i++)
            for (int j = i + 1; j < inputs.Length; j++)
            {
                if (inputs[i].Shape != inputs[j].Shape) continue;
                Input<T>[] equal = (Input<T>[])inputs.Clone();
                equal[j] = equal[i];
                using var apart = new Bench<T>(trial, equal, null, new Tape<T>());
                Gradients<T> g = apart.Tape.Backward(apart.Y, apart.U);
                T[] expected = [.. g[apart.X[i]].ToArray().Zip(g[apart.X[j]].ToArray(), (a, b) => a + b)];
                Variable<T>[] x = (Variable<T>[])apart.X.Clone();
                x[j] = x[i];
                Variable<T> y = trial.Case.Function(x);
                Near.Assert<T>(apart.Tape.Backward(y, apart.U)[x[i]], expected, $"inputs {i} and {j} are one");
                Near.Assert<T>(apart.Tape.Gradient(y, x[i], apart.Tape.Constant(apart.U, y.Shape)).Values, expected, $"inputs {i} and {j} are one, recorded");
            }

        // the op twice on the same leaves
        using var bench = new Bench<T>(trial);
        T[] once = bench.Pull(bench.U);
        Variable<T> twice = bench.Y + trial.Case.Function(bench.X);
        Gradients<T> both = bench.Tape.Backward(twice, bench.U);
        Near.Assert<T>([.. bench.X.SelectMany(v => both[v].ToArray())], [.. once.Select(v => v + v)], "the op twice");
    }

    [TestCaseSource(nameof(Trials))]
    public void AConstantInputChangesNothingForTheOthers(Trial<T> trial)
    {
        T[] all;
        using (var bench = new Bench<T>(trial)) all = bench.Pull(bench.U);
        for (int constant = 0; trial.Case.Inputs.Count > 1 && constant < trial.Case.Inputs.Count; constant++)
        {
            int c = constant;
            using var bench = new Bench<T>(trial, k => k == c);
            T[] expected = (T[])all.Clone();
            int start = trial.Case.Inputs.Take(c).Sum(s => s.Shape.Size);
            Array.Clear(expected, start, trial.Case.Inputs[c].Shape.Size);
            Near.AssertSame<T>(bench.Pull(bench.U, k => k == c), expected, $"input {c} constant");
        }
    }

    [TestCaseSource(nameof(Trials))]
    public void VjpAndJvpAreDual(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        Tape<T> tape = bench.Tape;

        // Jᵀ·ū is linear in ū, so its derivative by ū along v is J·v
        Variable<T> uBar = tape.Variable(bench.U, bench.Shape);
        Variable<T>[] pulled = tape.Gradient(bench.Y, bench.X, uBar);
        Scalar<T> sum = T.Zero;
        double left = 0, right = 0, magnitude = 0;
        for (int k = 0; k < pulled.Length; k++)
        {
            T[] v = bench.Draw(bench.X[k].Size), g = pulled[k].Values.ToArray();
            sum += bench.Inner(v, pulled[k]);
            for (int i = 0; i < v.Length; i++) Add(v[i] * g[i], ref left);
        }

        T[] jv = tape.Backward(sum)[uBar].ToArray();
        for (int i = 0; i < jv.Length; i++) Add(jv[i] * bench.U[i], ref right);
        double epsilon = typeof(T) == typeof(double) ? 2.3e-16 : 1.2e-7;
        Assert.That(right, Is.EqualTo(left).Within(64 * epsilon * magnitude));

        void Add(T term, ref double total)
        {
            total += double.CreateTruncating(term);
            magnitude += Math.Abs(double.CreateTruncating(term));
        }
    }

    [TestCaseSource(nameof(Selections))]
    public void SelectionsPassOnTheWholeCotangent(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        double given = bench.U.Sum(double.CreateTruncating), got = bench.Pull(bench.U).Sum(double.CreateTruncating);
        Assert.That(got, Is.EqualTo(given).Within(1e-5 * bench.U.Sum(x => Math.Abs(double.CreateTruncating(x)))));
    }
}

internal static class Zeros
{
    public static void ShouldBeZero<T>(this T[] numbers, string what) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < numbers.Length; i++)
            if (numbers[i] != T.Zero) Assert.Fail($"{what}: at {i} {numbers[i]}, expected 0");
    }
}
