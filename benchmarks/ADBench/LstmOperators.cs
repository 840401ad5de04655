namespace Autodiff.Benchmarks;

/// <summary>The gradient of the long short-term memory by plain operators: everything on the tape, one sweep.</summary>
internal sealed class LstmOperators(LstmInstance m) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly Scalar<double>[] leaves = new Scalar<double>[m.Parameters.Length];
    private readonly Scalar<double>[] state = new Scalar<double>[m.State.Length];
    private readonly Scalar<double>[] input = new Scalar<double>[LstmInstance.Bits];
    private readonly double[] gradient = new double[m.Parameters.Length];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        const int Bits = LstmInstance.Bits;
        tape.Reset();
        for (int i = 0; i < leaves.Length; i++) leaves[i] = tape.Variable(m.Parameters[i]);
        for (int i = 0; i < state.Length; i++) state[i] = m.State[i];
        ReadOnlySpan<Scalar<double>> p = leaves, inWeight = p.Slice(m.Extra(0), Bits);
        Scalar<double> total = 0;
        for (int t = 0; t < m.Characters - 1; t++)
        {
            ReadOnlySpan<double> character = m.Character(t);
            for (int i = 0; i < input.Length; i++) input[i] = character[i] * inWeight[i];
            ReadOnlySpan<Scalar<double>> x = input;
            for (int layer = 0; layer < m.Layers; layer++)
            {
                Span<Scalar<double>> h = state.AsSpan(layer * 2 * Bits, Bits);
                Step(p.Slice(layer * LstmInstance.LayerSize, LstmInstance.LayerSize), x, h, state.AsSpan((layer * 2 * Bits) + Bits, Bits));
                x = h;
            }

            total += LogLikelihood(x, m.Character(t + 1));
        }

        Scalar<double> f = -total / ((m.Characters - 1) * Bits);
        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = bars[leaves[i]];
    }

    public void Dispose() => tape.Dispose();

    private static void Step(ReadOnlySpan<Scalar<double>> p, ReadOnlySpan<Scalar<double>> x, Span<Scalar<double>> h, Span<Scalar<double>> cell)
    {
        const int Bits = LstmInstance.Bits, Biases = LstmInstance.Gates * Bits;
        for (int i = 0; i < h.Length; i++)
        {
            Scalar<double> forget = ((x[i] * p[i]) + p[Biases + i]).Sigmoid();
            Scalar<double> enter = ((h[i] * p[Bits + i]) + p[Biases + Bits + i]).Sigmoid();
            Scalar<double> leave = ((x[i] * p[(2 * Bits) + i]) + p[Biases + (2 * Bits) + i]).Sigmoid();
            Scalar<double> change = ((h[i] * p[(3 * Bits) + i]) + p[Biases + (3 * Bits) + i]).Tanh();
            cell[i] = (cell[i] * forget) + (enter * change);
            h[i] = leave * cell[i].Tanh();
        }
    }

    private Scalar<double> LogLikelihood(ReadOnlySpan<Scalar<double>> x, ReadOnlySpan<double> next)
    {
        ReadOnlySpan<Scalar<double>> weight = leaves.AsSpan(m.Extra(1), x.Length), bias = leaves.AsSpan(m.Extra(2), x.Length);
        Scalar<double> exponentials = 2, said = 0;
        double bits = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Scalar<double> y = (x[i] * weight[i]) + bias[i];
            exponentials += y.Exp();
            said += next[i] * y;
            bits += next[i];
        }

        return said - (bits * exponentials.Log());
    }
}
