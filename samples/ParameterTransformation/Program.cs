using Autodiff;
using Model = System.Func<Autodiff.Variable<double>, Autodiff.Variable<double>, Autodiff.Variable<double>>;

ConsoleApp.Run(args, ParameterTransformation.Run);

/// <summary>The parameters of a model G(x, w) are themselves the output of a function w = H(u); u is trained.</summary>
internal static class ParameterTransformation
{
    // ── The note's formulas: w = H(u), y = G(x, w) ──

    /// <summary>H, a small network: four parameters made of three.</summary>
    private static Variable<double> Network(Variable<double> u, Variable<double> m) => m.MatMul(u).Tanh();

    /// <summary>H for parameters that must stay positive; u is free.</summary>
    private static Variable<double> Positive(Variable<double> u) => u.Exp();

    private static Variable<double> Linear(Variable<double> x, Variable<double> w) => x.MatMul(w);

    private static Variable<double> Misra1a(Variable<double> x, Variable<double> w) => w[0] * (1 - (-w[1] * x).Exp());

    private static Variable<double> Lanczos3(Variable<double> x, Variable<double> w) =>
        w[0] * (-w[1] * x).Exp() + w[2] * (-w[3] * x).Exp() + w[4] * (-w[5] * x).Exp();

    /// <summary>Checks ∂L/∂u = (∂H/∂u)ᵀ·∂L/∂w, then fits two NIST regressions with w = exp(u) to their certified values.</summary>
    /// <param name="epochs">Levenberg–Marquardt steps of each fit.</param>
    /// <param name="seed">Seed of the small network's weights.</param>
    /// <param name="output">Folder of the picture.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 300, int seed = 1, string output = "output", string? data = null) => Report.Run(
        "Parameter transformation: w = H(u), and the gradient runs back through G and H", report =>
        {
            ChainRule(report, new Random(seed));
            var curves = new List<(string, double[])>();
            using var tape = new Tape<double>();
            foreach ((string name, Model model) in new (string, Model)[] { ("Misra1a", Misra1a), ("Lanczos3", Lanczos3) })
            {
                Nist set = Nist.Load(name, data);
                foreach ((string point, double[] start) in new[] { ("far start", set.Start1), ("near start", set.Start2) })
                {
                    var fit = new Fit(tape, set, model, Positive, [.. start.Select(w => Math.Log(w))]);
                    var digits = new List<double>();
                    Training.Run($"{name}, {point}", epochs, _ =>
                    {
                        fit.Step();
                        digits.Add(fit.CertifiedDigits);
                        return FormattableString.Invariant($"{fit.CertifiedDigits:F1} certified digits");
                    });
                    report.AtLeast($"{name}, {point}: worst parameter", 6, fit.CertifiedDigits, "digits");
                    report.Near($"{name}, {point}: squares / certified", 1, fit.Squares / set.ResidualSumOfSquares, 1e-6);
                    report.AtMost($"{name}, {point}: managed bytes a step", 0, fit.Memory.BytesPerStep);
                    curves.Add(($"{name}, {point}", [.. digits]));
                }
            }
            double[] steps = [.. Enumerable.Range(1, epochs).Select(i => (double)i)];
            Console.WriteLine("picture: " + new Picture(output).Lines("parameter-transformation",
                "w = exp(u) fitted to NIST's certified values", "Levenberg–Marquardt step",
                "digits that agree (worst parameter)", steps, [.. curves]));
        });

    private static void ChainRule(Report report, Random random)
    {
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
        double[] mixing = Numbers(4 * 3);
        using var tape = new Tape<double>();
        Variable<double> u = tape.Variable(Numbers(3), [3]), m = tape.Constant(mixing, [4, 3]);
        Variable<double> x = tape.Constant(Numbers(5 * 4), [5, 4]), y = tape.Constant(Numbers(5), [5]);
        Variable<double> w = Network(u, m);
        Scalar<double> loss = (y - Linear(x, w)).Square().Sum();
        Gradients<double> g = tape.Backward(loss, keep: [w]);

        // The Jacobian by hand, J_ij = (1 − w_i²)·m_ij, and its rows from the tape: the cotangent e_i asks for row i.
        double rows = 0;
        var product = new double[3];
        for (int i = 0; i < 4; i++)
        {
            var unit = new double[4];
            unit[i] = 1;
            ReadOnlySpan<double> row = tape.Backward(w, unit)[u];
            for (int j = 0; j < 3; j++)
            {
                double byHand = (1 - w.Values[i] * w.Values[i]) * mixing[3 * i + j];
                rows = Math.Max(rows, Math.Abs(row[j] - byHand));
                product[j] += byHand * g[w][i];
            }
        }
        for (int j = 0; j < 3; j++) report.Near($"∂L/∂u{j + 1} by the tape beside J_Hᵀ·∂L/∂w", product[j], g[u][j], 1e-13);
        report.AtMost("rows of J_H by the tape, beside the formula", 1e-15, rows);
    }
}
