namespace Autodiff.Benchmarks;

/// <summary>The Jacobian of a bundle adjustment by plain operators: the block of an observation is recorded by itself and swept once for each output.</summary>
/// <remarks>The result: [observations, 2, 15], then the derivatives of 1 − w² [observations].</remarks>
internal sealed class BaOperators(BaInstance b) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly Scalar<double>[] leaves = new Scalar<double>[BaInstance.Columns];
    private readonly double[] jacobian = new double[b.Weights.Length * ((2 * BaInstance.Columns) + 1)];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => jacobian;

    public void Run()
    {
        Value = 0;
        int count = b.Weights.Length;
        ReadOnlySpan<Scalar<double>> camera = leaves.AsSpan(0, BaInstance.CameraSize), point = leaves.AsSpan(BaInstance.CameraSize, BaInstance.PointSize);
        for (int i = 0; i < count; i++)
        {
            tape.Reset();

            // the weight first: the sweep of its error is then two steps long
            Scalar<double> w = tape.Variable(b.Weights[i]), error = 1 - (w * w);
            jacobian[(count * 2 * BaInstance.Columns) + i] = tape.Backward(error)[w];
            Record(i);
            leaves[^1] = w;
            (Scalar<double> u, Scalar<double> v) = BaScalars.Project(camera, point);
            u = w * (u - b.Features[2 * i]);
            v = w * (v - b.Features[(2 * i) + 1]);
            Read(tape.Backward(u), 2 * i);
            Read(tape.Backward(v), (2 * i) + 1);
            Value += error.Value + u.Value + v.Value;
        }
    }

    public void Dispose() => tape.Dispose();

    private void Record(int observation)
    {
        (int camera, int point) = b.Observations[observation];
        ReadOnlySpan<double> c = b.Camera(camera), x = b.Point(point);
        for (int j = 0; j < c.Length; j++) leaves[j] = tape.Variable(c[j]);
        for (int j = 0; j < x.Length; j++) leaves[c.Length + j] = tape.Variable(x[j]);
    }

    private void Read(Gradients<double> bars, int row)
    {
        Span<double> to = jacobian.AsSpan(row * BaInstance.Columns, BaInstance.Columns);
        for (int j = 0; j < to.Length; j++) to[j] = bars[leaves[j]];
    }
}
