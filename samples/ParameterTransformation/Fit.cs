using Autodiff;
using Function = System.Func<Autodiff.Variable<double>, Autodiff.Variable<double>>;
using Model = System.Func<Autodiff.Variable<double>, Autodiff.Variable<double>, Autodiff.Variable<double>>;

/// <summary>Least squares Σ (y − G(x, H(u)))² by damped Gauss–Newton steps (Levenberg, Marquardt); the tape gives the Jacobian.</summary>
internal sealed class Fit(Tape<double> tape, Nist set, Model model, Function transformation, double[] u)
{
    private double[] _u = u, _w = [];
    private double _damping = 1e-3;

    public double Squares { get; private set; } = double.PositiveInfinity;

    /// <summary>−log₁₀ of the worst relative error: NIST's measure. 11 digits are certified, more do not count.</summary>
    public double CertifiedDigits => Math.Min(11, -Math.Log10(_w.Zip(set.Certified, (got, want) => Math.Abs(got / want - 1)).Max()));

    /// <summary>One step from u; a step that makes the squares larger is taken back and the next is damped more.</summary>
    public void Step()
    {
        tape.Reset();
        Variable<double> u = tape.Variable(_u, [_u.Length]), w = transformation(u), r = Residuals(w);
        (_w, Squares) = ([.. w.Values], SumOfSquares(r));

        // JᵀJ and −Jᵀr from one recording: the cotangent e_i asks for row i of the residuals' Jacobian.
        int n = _u.Length;
        double[,] normal = new double[n, n];
        double[] downhill = new double[n], unit = new double[set.Y.Length];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = 1;
            ReadOnlySpan<double> row = tape.Backward(r, unit)[u];
            unit[i] = 0;
            for (int j = 0; j < n; j++)
            {
                downhill[j] -= row[j] * r.Values[i];
                for (int k = 0; k < n; k++) normal[j, k] += row[j] * row[k];
            }
        }
        for (int trial = 0; trial < 30; trial++)
        {
            double[] candidate = [.. _u.Zip(Solve(normal, downhill, _damping), (at, step) => at + step)];
            // The squares are known to about 1e-12 only; without the allowance the last digits' steps would be refused by rounding.
            bool better = SumOfSquares(Residuals(transformation(tape.Constant(candidate, [n])))) <= Squares * (1 + 1e-9);
            _damping = better ? Math.Max(_damping / 10, 1e-15) : _damping * 2;
            if (!better) continue;
            _u = candidate;
            return;
        }
    }

    private Variable<double> Residuals(Variable<double> w) =>
        tape.Constant(set.Y, [set.Y.Length]) - model(tape.Constant(set.X, [set.X.Length]), w);

    private static double SumOfSquares(Variable<double> r) => r.Square().Sum().Value;

    /// <summary>(A + damping·diag A)·x = b by Cholesky's factorisation A = L·Lᵀ.</summary>
    private static double[] Solve(double[,] a, double[] b, double damping)
    {
        int n = b.Length;
        var l = new double[n, n];
        var x = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? a[i, i] * (1 + damping) : a[i, j];
                for (int k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
            x[i] = b[i];
            for (int k = 0; k < i; k++) x[i] -= l[i, k] * x[k];
            x[i] /= l[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) x[i] -= l[k, i] * x[k];
            x[i] /= l[i, i];
        }
        return x;
    }
}
