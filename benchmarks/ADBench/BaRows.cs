namespace Autodiff.Benchmarks;

/// <summary>
/// The Jacobian of a bundle adjustment by rows: what an observation depends on is gathered into a row, all blocks are computed over lanes. A row ends with the
/// feature, by which nobody wants a derivative: two columns that the result leaves out.
/// </summary>
internal sealed class BaRows(BaInstance b) : IDerivative
{
    private const int Columns = BaInstance.Columns + 2;
    private static readonly RowsFunction<double> Errors = Reproject, WeightErrors = static (row, error) => error[0] = 1 - (row[0] * row[0]);
    private readonly Tape<double> tape = new();
    private readonly double[] rows = new double[b.Weights.Length * Columns];
    private readonly double[] values = new double[2 * b.Weights.Length];
    private readonly double[] jacobian = new double[2 * b.Weights.Length * Columns];
    private readonly double[] weightValues = new double[b.Weights.Length];
    private readonly double[] weightJacobian = new double[b.Weights.Length];

    public double Value
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < weightValues.Length; i++) sum += weightValues[i] + values[2 * i] + values[(2 * i) + 1];
            return sum;
        }
    }

    public ReadOnlySpan<double> Result
    {
        get
        {
            var result = new double[b.Weights.Length * ((2 * BaInstance.Columns) + 1)];
            for (int row = 0; row < values.Length; row++)
                jacobian.AsSpan(row * Columns, BaInstance.Columns).CopyTo(result.AsSpan(row * BaInstance.Columns));
            weightJacobian.CopyTo(result, values.Length * BaInstance.Columns);
            return result;
        }
    }

    public void Run()
    {
        for (int i = 0; i < b.Weights.Length; i++)
        {
            (int camera, int point) = b.Observations[i];
            Span<double> row = rows.AsSpan(i * Columns, Columns);
            b.Camera(camera).CopyTo(row);
            b.Point(point).CopyTo(row[BaInstance.CameraSize..]);
            row[BaInstance.Columns - 1] = b.Weights[i];
            b.Features.AsSpan(2 * i, 2).CopyTo(row[BaInstance.Columns..]);
        }

        tape.Reset();
        tape.JacobianRows(rows, Columns, 2, Errors, values, jacobian);
        tape.JacobianRows(b.Weights, 1, 1, WeightErrors, weightValues, weightJacobian);
    }

    public void Dispose() => tape.Dispose();

    private static void Reproject(ReadOnlySpan<Scalar<double>> row, Span<Scalar<double>> errors)
    {
        (Scalar<double> u, Scalar<double> v) = BaScalars.Project(row[..BaInstance.CameraSize], row[BaInstance.CameraSize..]);
        Scalar<double> w = row[BaInstance.Columns - 1];
        errors[0] = w * (u - row[BaInstance.Columns]);
        errors[1] = w * (v - row[BaInstance.Columns + 1]);
    }
}
