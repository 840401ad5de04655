using Autodiff;
using Function = System.Func<Autodiff.Variable<double>, Autodiff.Variable<double>>;
using Model = System.Func<Autodiff.Variable<double>, Autodiff.Variable<double>, Autodiff.Variable<double>>;

/// <summary>Least squares Σ (y − G(x, H(u)))² by damped Gauss–Newton steps (Levenberg, Marquardt); the tape gives the Jacobian.</summary>
internal sealed class Fit(Tape<double> tape, Nist set, Model model, Function transformation, double[] u)
{
    private readonly double[] _w = new double[set.Certified.Length], _unit = new double[set.Y.Length], _downhill = new double[u.Length], _step = new double[u.Length];
    private readonly double[,] _normal = new double[u.Length, u.Length], _factor = new double[u.Length, u.Length];
    private double[] _u = u, _candidate = new double[u.Length];
    private double _damping = 1e-3;

    public StepMemory Memory { get; } = new();

    public double Squares { get; private set; } = double.PositiveInfinity;

    /// <summary>−log₁₀ of the worst relative error: NIST's measure. 11 digits are certified, more do not count.</summary>
    public double CertifiedDigits => Math.Min(11, -Math.Log10(_w.Zip(set.Certified, (got, want) => Math.Abs(got / want - 1)).Max()));

    /// <summary>One step from u; a step that makes the squares larger is taken back and the next is damped more.</summary>
    public void Step()
    {
        Memory.NextEpoch();
        Memory.Begin();
        tape.Reset();
        Variable<double> u = tape.Variable(_u, [_u.Length]), w = transformation(u), r = Residuals(w);
        w.Values.CopyTo(_w);
        Squares = SumOfSquares(r);
        NormalEquations(u, r);
        TapeMark mark = tape.Mark();
        bool better = false;
        for (int trial = 0; trial < 30 && !better; trial++)
        {
            Solve(_normal, _downhill, _damping, _factor, _step);
            for (int i = 0; i < _u.Length; i++) _candidate[i] = _u[i] + _step[i];
            // The squares are known to about 1e-12 only; without the allowance the last digits' steps would be refused by rounding.
            better = SumOfSquares(Residuals(transformation(tape.Constant(_candidate, [_u.Length])))) <= Squares * (1 + 1e-9);
            _damping = better ? Math.Max(_damping / 10, 1e-15) : _damping * 2;
            tape.Rewind(mark);
        }
        if (better) (_u, _candidate) = (_candidate, _u);
        Memory.End();
    }

    /// <summary>JᵀJ and −Jᵀr from one recording: the cotangent e_i asks for row i of the residuals' Jacobian.</summary>
    private void NormalEquations(Variable<double> u, Variable<double> r)
    {
        Array.Clear(_normal);
        Array.Clear(_downhill);
        for (int i = 0; i < _unit.Length; i++)
        {
            _unit[i] = 1;
            ReadOnlySpan<double> row = tape.Backward(r, _unit)[u];
            _unit[i] = 0;
            for (int j = 0; j < row.Length; j++)
            {
                _downhill[j] -= row[j] * r.Values[i];
                for (int k = 0; k < row.Length; k++) _normal[j, k] += row[j] * row[k];
            }
        }
    }

    private Variable<double> Residuals(Variable<double> w) =>
        tape.Constant(set.Y, [set.Y.Length]) - model(tape.Constant(set.X, [set.X.Length]), w);

    private static double SumOfSquares(Variable<double> r) => r.Square().Sum().Value;

    /// <summary>(A + damping·diag A)·x = b by Cholesky's factorisation A = L·Lᵀ; L and x are the caller's memory.</summary>
    private static void Solve(double[,] a, double[] b, double damping, double[,] l, double[] x)
    {
        int n = b.Length;
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
    }
}
