namespace Autodiff.Benchmarks;

/// <summary>
/// The objective of the long short-term memory in plain numbers: −Σ bit·(y − log(2 + Σ exp y)) over all predicted bits, divided by their number. For each
/// unit, with input x and former output h: f = σ(x·w + b), i = σ(h·w + b), o = σ(x·w + b), g = tanh(h·w + b), c' = c·f + i·g, h' = o·tanh c'.
/// </summary>
/// <remarks>The 2 is in the benchmark's definition.</remarks>
internal sealed class LstmObjective(LstmInstance m)
{
    private readonly double[] state = new double[m.State.Length];
    private readonly double[] input = new double[LstmInstance.Bits];

    /// <summary>Where a run leaves its value.</summary>
    public double Value { get; private set; }

    public void Run() => Value = Evaluate();

    public double Evaluate()
    {
        const int Bits = LstmInstance.Bits;
        ReadOnlySpan<double> p = m.Parameters, inWeight = p.Slice(m.Extra(0), Bits), outWeight = p.Slice(m.Extra(1), Bits), outBias = p.Slice(m.Extra(2), Bits);
        m.State.CopyTo(state.AsSpan());
        double total = 0;
        for (int t = 0; t < m.Characters - 1; t++)
        {
            ReadOnlySpan<double> character = m.Character(t), next = m.Character(t + 1), x = input;
            for (int i = 0; i < input.Length; i++) input[i] = character[i] * inWeight[i];
            for (int layer = 0; layer < m.Layers; layer++)
            {
                Span<double> h = state.AsSpan(layer * 2 * Bits, Bits);
                Step(p.Slice(layer * LstmInstance.LayerSize, LstmInstance.LayerSize), x, h, state.AsSpan((layer * 2 * Bits) + Bits, Bits));
                x = h;
            }

            double exponentials = 2, said = 0, bits = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double y = (x[i] * outWeight[i]) + outBias[i];
                exponentials += Math.Exp(y);
                said += next[i] * y;
                bits += next[i];
            }

            total += said - (bits * Math.Log(exponentials));
        }

        return -total / ((m.Characters - 1) * Bits);
    }

    private static void Step(ReadOnlySpan<double> p, ReadOnlySpan<double> x, Span<double> h, Span<double> cell)
    {
        const int Bits = LstmInstance.Bits, Biases = LstmInstance.Gates * Bits;
        p = p[..LstmInstance.LayerSize];
        cell = cell[..h.Length];
        x = x[..h.Length];
        for (int i = 0; i < h.Length; i++)
        {
            double forget = Sigmoid((x[i] * p[i]) + p[Biases + i]);
            double enter = Sigmoid((h[i] * p[Bits + i]) + p[Biases + Bits + i]);
            double leave = Sigmoid((x[i] * p[(2 * Bits) + i]) + p[Biases + (2 * Bits) + i]);
            double change = Math.Tanh((h[i] * p[(3 * Bits) + i]) + p[Biases + (3 * Bits) + i]);
            cell[i] = (cell[i] * forget) + (enter * change);
            h[i] = leave * Math.Tanh(cell[i]);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
