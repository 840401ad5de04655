using Autodiff.Tests.Oracle;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Edges;

/// <summary>docs/conventions.md, row by row: what it says is what happens, in the plain sweep, in the recorded one, and on scalars.</summary>
[TestFixture]
public sealed class ConventionTests
{
    // the table has six digits
    private const double Digits = 1e-5;

    private static IReadOnlyList<ConventionRow> Rows => ConventionTable.Rows;

    private static IEnumerable<ConventionRow> Elementwise => Rows.Where(r => OracleCalls.IsElementwise(r.Operation));

    private static readonly Dictionary<string, Func<Variable<double>[], Variable<double>>> Calls = new()
    {
        ["x / x"] = x => x[0] / x[0],
        ["x + x + x"] = x => x[0] + x[0] + x[0],
        ["x + y by broadcasting"] = x => x[0] + x[1],
        ["x log x"] = x => x[0] * x[0].Log(),
        ["exp log x"] = x => x[0].Log().Exp(),
        ["sqrt(x²)"] = x => x[0].Square().Sqrt(),
        ["sqrt(Σx²)"] = x => x[0].Square().Sum().Sqrt(),
        ["where(x > 0, sqrt x, 0)"] = x => Variable.Where(x[0].GreaterThan(0), x[0].Sqrt(), 0.0),
        ["max along the axis"] = x => x[0].Max(0),
        ["max over everything"] = x => x[0].Max(),
        ["min along the axis"] = x => x[0].Min(0),
        ["max_pool1d of 2"] = x => x[0].Reshape([1, 1, x[0].Size]).MaxPool1d(2),
        ["sum"] = x => x[0].Sum(),
        ["mean"] = x => x[0].Mean(),
        ["variance"] = x => x[0].Variance(),
        ["norm"] = x => x[0].Norm(),
        ["logsumexp"] = x => x[0].LogSumExp(0),
        ["softmax"] = x => x[0].Softmax(0),
        ["log_softmax"] = x => x[0].LogSoftmax(0),
        ["cross_entropy of label 1"] = x => x[0].Reshape([1, x[0].Size]).CrossEntropy([1]),
        ["binary_cross_entropy_with_logits"] = x => x[0].BinaryCrossEntropyWithLogits(x[1]),
        ["mean_squared_error"] = x => x[0].MeanSquaredError(x[1]),
        ["layer_norm"] = x => x[0].LayerNorm(x[0] * 0 + 1, x[0] * 0),
        ["gather 0, 0, 1"] = x => x[0].Gather([0, 0, 1], [3], 0),
        ["product"] = x => x[0].Product(),
        ["cumsum"] = x => x[0].CumSum(0),
        ["cumprod"] = x => x[0].CumProd(0),
        ["huber"] = x => x[0].Huber(x[1]),
        ["standard deviation"] = x => x[0].Std(),
        ["top 1"] = x => x[0].TopK(1),
        ["logdet of 2×2"] = x => x[0].Reshape([2, 2]).LogDet(),
        ["det of 2×2"] = x => x[0].Reshape([2, 2]).Det(),
        ["eigenvalues of 2×2"] = x => x[0].Reshape([2, 2]).Eigh().Values,
        ["eigenvectors of 2×2"] = x => x[0].Reshape([2, 2]).Eigh().Vectors,
        ["cummax"] = x => x[0].CumMax(0),
        ["logcumsumexp"] = x => x[0].LogCumSumExp(0),
        ["median"] = x => x[0].Median(),
        ["quantile ½"] = x => x[0].Quantile(0.5),
        ["norm of order 1"] = x => x[0].Norm(0, 1.0),
        ["norm of order 3"] = x => x[0].Norm(0, 3.0),
        ["norm of order ∞"] = x => x[0].Norm(0, double.PositiveInfinity),
        ["nansum"] = x => x[0].NanSum(0),
        ["nanmean"] = x => x[0].NanMean(0),
        ["norm of order 0"] = x => x[0].Norm(0, 0.0),
        ["norm of order ½"] = x => x[0].Norm(0, 0.5),
        ["norm of order −1"] = x => x[0].Norm(0, -1.0),
        ["norm of order −∞"] = x => x[0].Norm(0, double.NegativeInfinity),
        ["quantiles ¼ and ½"] = x => x[0].Quantile([0.25, 0.5]),
        ["quantile ½, the nearest"] = x => x[0].Quantile(0.5, QuantileMode.Nearest),
        ["quantile ½, the midpoint"] = x => x[0].Quantile(0.5, QuantileMode.Midpoint),
        ["any"] = x => x[0].Any(0),
        ["all"] = x => x[0].All(0),
        ["count_nonzero"] = x => x[0].CountNonZero(0),
        ["scatter at 1 and 1"] = x => x[0].Scatter([1, 1], 0, x[1]),
        ["index_copy at 1 and 1"] = x => x[0].IndexCopy([1, 1], 0, x[1]),
        ["distances of numbers"] = x => x[0].Unsqueeze(1).Distances(x[1].Unsqueeze(1)),
        ["nuclear norm of 2×2"] = x => x[0].Reshape([2, 2]).MatrixNorm(MatrixNormKind.Nuclear),
        ["spectral norm of 2×2"] = x => x[0].Reshape([2, 2]).MatrixNorm(MatrixNormKind.Spectral),
        ["greatest column sum of 2×2"] = x => x[0].Reshape([2, 2]).MatrixNorm(MatrixNormKind.ColumnSum),
        ["condition of 2×2"] = x => x[0].Reshape([2, 2]).Cond(),
        ["covariance of one observation"] = x => x[0].Unsqueeze(1).Cov(),
        ["correlation of 2×2, off the diagonal"] = x => x[0].Reshape([2, 2]).CorrCoef().Diagonal(1),
        ["0·x + a·b (addmv)"] = x => x[0].AddMatMul(x[1].Unsqueeze(0), x[1], beta: 0),
        ["least 2"] = x => x[0].TopK(2, largest: false),
        ["greatest − least"] = x => x[0].Max() - x[0].Min(),
        ["index_select 2, 2, 0, squared"] = x => x[0].IndexSelect([2, 2, 0], 0).Square(),
        ["smooth_l1"] = x => x[0].SmoothL1(x[1]),
        ["hinge"] = x => x[0].Hinge(x[1]),
        ["clamp from 2 to 1"] = x => x[0].Clamp(2.0, 1.0),
        ["clamp from 0 to 6 (relu6)"] = x => x[0].Clamp(0.0, 6.0),
        ["x − trunc x"] = x => x[0] - x[0].Truncate(),
        ["a + w·(b − a) (lerp)"] = x => x[0] + (x[2] * (x[1] - x[0])),
        ["½·erfc(−x/√2) (ndtr)"] = x => 0.5 * (-Math.Sqrt(0.5) * x[0]).Erfc(),
        ["norm of a − b"] = x => (x[0] - x[1]).Norm(),
        ["x / max(norm, 1e-12)"] = x => x[0] / x[0].Norm().Maximum(1e-12),
        ["cosine_similarity"] = x => x[0].CosineSimilarity(x[1]),
        ["cross_entropy of labels 0 and ignored"] = x => x[0].Reshape([2, 2]).CrossEntropy([0, -100], ignored: -100),
        ["cross_entropy of ignored labels"] = x => x[0].Reshape([1, 2]).CrossEntropy([-100], ignored: -100),
        ["cross_entropy of label 0, smoothed by 0.1"] = x => x[0].Reshape([1, 2]).CrossEntropy([0], smoothing: 0.1),
        ["attention to nothing"] = x => AttentionToNothing(x[0].Reshape([2, 1])),
        ["binary_cross_entropy"] = x => x[0].BinaryCrossEntropy(x[1]),
        ["binary_cross_entropy_with_logits, the class 1 twice"] = x => x[0].BinaryCrossEntropyWithLogits(x[1], 2.0),
        ["mean_absolute_error"] = x => x[0].MeanAbsoluteError(x[1]),
        ["gaussian_nll"] = x => x[0].GaussianNegativeLogLikelihood(x[1], x[2]),
        ["poisson_nll"] = x => x[0].PoissonNegativeLogLikelihood(x[1]),
        ["focal loss"] = x => x[0].FocalLoss(x[1]),
        ["contrastive, not alike"] = x => x[0].Reshape([1, 2]).Contrastive(x[1].Reshape([1, 2]), x[2]),
        ["cosine_embedding"] = x => x[0].Reshape([1, 2]).CosineEmbedding(x[1].Reshape([1, 2]), x[2]),
        ["margin_ranking"] = x => x[0].MarginRanking(x[1], x[2]),
        ["soft_margin"] = x => x[0].SoftMargin(x[1]),
        ["multi_margin of label 0"] = x => x[0].Reshape([1, 2]).MultiMargin([0]),
        ["cross_entropy of probabilities"] = x => x[0].Reshape([1, 3]).CrossEntropy(x[1].Reshape([1, 3])),
        ["ctc_loss of 1, 1 in two steps"] = x => x[0].Reshape([2, 1, 2]).CtcLoss([1, 1], [2]),
        ["sparsemax"] = x => x[0].Sparsemax(0),
        ["normalize"] = x => x[0].Normalize(),
        ["max_pool1d of 3, padded by 1"] = x => x[0].Reshape([1, 1, x[0].Size]).MaxPool1d(3, padding: 1),
        ["avg_pool1d of 2, padded by 1"] = x => x[0].Reshape([1, 1, x[0].Size]).AvgPool1d(2, padding: 1),
        ["avg_pool1d of 2, padding that does not count"] = x => x[0].Reshape([1, 1, x[0].Size]).AvgPool1d(2, padding: 1, countPadding: false),
        ["interpolate to 3, nearest"] = x => x[0].Reshape([1, 1, x[0].Size]).Interpolate(3, InterpolationMode.Nearest),
        ["interpolate to 4"] = x => x[0].Reshape([1, 1, x[0].Size]).Interpolate(4),
        ["interpolate to 4, cubic"] = x => x[0].Reshape([1, 1, x[0].Size]).Interpolate(4, InterpolationMode.Cubic),
        ["y alone, of x and y"] = x => x[1] * 1.0,
    };

    [TestCaseSource(nameof(Rows))]
    public void TensorsDoWhatTheTableSays(ConventionRow row)
    {
        using var tape = new Tape<double>();
        (Variable<double>[] x, double[] weights) = Inputs(tape, row);
        Variable<double> y = Call(row, x);
        double[] cotangent = weights.Length == y.Size ? weights : [.. Enumerable.Repeat(1.0, y.Size)];
        Near(y.Values.ToArray(), row.Value, "value");
        Gradients<double> g = tape.Backward(y, cotangent);
        for (int i = 0; i < row.Gradients.Length; i++) Near(g[x[i]].ToArray(), row.Gradients[i], $"gradient {i}");
    }

    [TestCaseSource(nameof(Rows))]
    public void TheRecordedSweepDoesTheSame(ConventionRow row)
    {
        using var tape = new Tape<double>();
        (Variable<double>[] x, double[] weights) = Inputs(tape, row);
        Variable<double> y = Call(row, x);
        double[] cotangent = weights.Length == y.Size ? weights : [.. Enumerable.Repeat(1.0, y.Size)];
        Variable<double>[] g = tape.Gradient(y, x.AsSpan(0, row.Gradients.Length), tape.Constant(cotangent, y.Shape));
        for (int i = 0; i < row.Gradients.Length; i++) Near(g[i].Values.ToArray(), row.Gradients[i], $"gradient {i}");
    }

    [TestCaseSource(nameof(Elementwise))]
    public void ScalarsDoTheSame(ConventionRow row)
    {
        using var tape = new Tape<double>();
        for (int k = 0; k < row.Value.Length; k++)
        {
            Scalar<double>[] x = [.. row.Inputs.Select(input => tape.Variable(input[k]))];
            Scalar<double> y = OracleCalls.Elementwise<Scalar<double>>(row.Operation, x)!.Value;
            Near([y.Value], [row.Value[k]], $"value {k}");
            Gradients<double> g = tape.Backward(y);
            for (int i = 0; i < x.Length; i++) Near([g[x[i]]], [row.Gradients[i][k]], $"gradient {i}, element {k}");
            for (int i = 0; i < x.Length; i++) Near([tape.Gradient(y, x[i]).Value], [row.Gradients[i][k]], $"recorded gradient {i}, element {k}");
        }
    }

    [Test]
    public void EveryRowSaysHowItStandsToLibtorch()
    {
        Rows.Count.ShouldBeGreaterThan(60);
        foreach (ConventionRow row in Rows) row.Libtorch.ShouldNotBeEmpty(row.ToString());
        foreach (string call in Calls.Keys) Rows.ShouldContain(r => r.Operation == call, $"{call} has a call and no row");
    }

    // a list more than there are gradients is the cotangent
    private static (Variable<double>[] X, double[] Weights) Inputs(Tape<double> tape, ConventionRow row)
        => ([.. row.Inputs.Take(row.Gradients.Length).Select(v => tape.Variable(v, [v.Length])),
             .. row.Inputs.Skip(row.Gradients.Length).Select(v => tape.Constant(v, [v.Length]))],
            row.Operation is "softmax" && row.Inputs.Length > 1 ? row.Inputs[1] : []);

    private static Variable<double> Call(ConventionRow row, Variable<double>[] x)
        => Calls.TryGetValue(row.Operation, out Func<Variable<double>[], Variable<double>>? call) ? call(x)
            : OracleCalls.Elementwise<Variable<double>>(row.Operation, x) ?? throw new InvalidOperationException($"conventions.md: no call is known for '{row.Operation}'.");

    private static Variable<double> AttentionToNothing(Variable<double> x)
        => Variable.ScaledDotProductAttention(x, x, x, x.Recording!.Tape.Constant([double.NegativeInfinity, double.NegativeInfinity], [2]));

    private static void Near(double[] got, double[] expected, string what)
    {
        bool same = got.Length == expected.Length;
        for (int i = 0; same && i < got.Length; i++)
            same = got[i].Equals(expected[i]) || got[i] == expected[i] || Math.Abs(got[i] - expected[i]) <= Digits * Math.Abs(expected[i]);
        if (!same) Assert.Fail($"{what}: got [{string.Join(", ", got)}], the table says [{string.Join(", ", expected)}]");
    }
}
