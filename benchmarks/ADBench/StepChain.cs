namespace Autodiff.Benchmarks;

/// <summary>A recording of n steps like those of inner loops, s[j] += p[k]·x[j]: what a step costs, and whether it stays so when the tape is long.</summary>
internal sealed class StepChain(int steps) : IDisposable
{
    private const int Sums = 16, Factors = 64;
    private readonly Tape<double> tape = new();
    private readonly Scalar<double>[] p = new Scalar<double>[Factors];
    private readonly Scalar<double>[] x = new Scalar<double>[Sums];
    private readonly Scalar<double>[] s = new Scalar<double>[Sums];

    /// <summary>What a run leaves: the derivative of the sum of all by one factor.</summary>
    public double Slope { get; private set; }

    public void Run()
    {
        Record();
        Scalar<double> sum = s[0];
        for (int j = 1; j < Sums; j++) sum += s[j];
        Slope = tape.Backward(sum)[p[1]];
    }

    /// <summary>The recording alone.</summary>
    public void Record()
    {
        tape.Reset();
        for (int k = 0; k < Factors; k++) p[k] = tape.Variable(1e-3 * k);
        for (int j = 0; j < Sums; j++)
        {
            x[j] = tape.Variable(1 + j);
            s[j] = x[j];
        }

        for (int done = 0, k = 0; done < steps; done += Sums, k = (k + 1) % Factors)
        {
            Scalar<double> factor = p[k];
            for (int j = 0; j < Sums; j++) s[j] += factor * x[j];
        }
    }

    public void Dispose() => tape.Dispose();
}
