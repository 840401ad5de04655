namespace Autodiff.Benchmarks;

/// <summary>The gradient of the long short-term memory by tensors of 14 numbers: one op where the formula has one.</summary>
internal sealed class LstmTensors(LstmInstance m) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly Variable<double>[] p = new Variable<double>[m.Parameters.Length / LstmInstance.Bits];
    private readonly Variable<double>[] state = new Variable<double>[m.State.Length / LstmInstance.Bits];
    private readonly double[] gradient = new double[m.Parameters.Length];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => gradient;

    public void Run()
    {
        const int Bits = LstmInstance.Bits;
        tape.Reset();
        for (int i = 0; i < p.Length; i++) p[i] = tape.Variable(m.Parameters.AsSpan(i * Bits, Bits), [Bits]);
        for (int i = 0; i < state.Length; i++) state[i] = tape.Constant(m.State.AsSpan(i * Bits, Bits), [Bits]);
        Scalar<double> total = 0;
        Variable<double> next = tape.Constant(m.Character(0), [Bits]);
        for (int t = 0; t < m.Characters - 1; t++)
        {
            Variable<double> x = next * p[^3];
            for (int layer = 0; layer < m.Layers; layer++) x = Step(p.AsSpan(layer * 2 * LstmInstance.Gates), x, ref state[2 * layer], ref state[(2 * layer) + 1]);
            Variable<double> y = (x * p[^2]) + p[^1];
            next = tape.Constant(m.Character(t + 1), [Bits]);
            total += (next * (y - (y.Exp().Sum() + 2).Log())).Sum();
        }

        Scalar<double> f = -total / ((m.Characters - 1) * Bits);
        Value = f.Value;
        Gradients<double> bars = tape.Backward(f);
        for (int i = 0; i < p.Length; i++) bars[p[i]].CopyTo(gradient.AsSpan(i * Bits));
    }

    public void Dispose() => tape.Dispose();

    private static Variable<double> Step(ReadOnlySpan<Variable<double>> p, Variable<double> x, ref Variable<double> h, ref Variable<double> cell)
    {
        Variable<double> forget = ((x * p[0]) + p[4]).Sigmoid(), enter = ((h * p[1]) + p[5]).Sigmoid();
        Variable<double> leave = ((x * p[2]) + p[6]).Sigmoid(), change = ((h * p[3]) + p[7]).Tanh();
        cell = (cell * forget) + (enter * change);
        h = leave * cell.Tanh();
        return h;
    }
}
