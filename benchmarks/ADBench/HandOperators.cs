namespace Autodiff.Benchmarks;

/// <summary>
/// The Jacobian of hand tracking by plain operators: the skeleton is recorded once, then point by point its three errors are recorded, swept and dropped.
/// The result: [n, 3, columns], the columns being a point's own u and v, if it has them, and the angles.
/// </summary>
internal sealed class HandOperators(HandInstance hand) : IDerivative
{
    private readonly Tape<double> tape = new();
    private readonly HandScalars model = new(hand);
    private readonly Scalar<double>[] own = new Scalar<double>[hand.Complicated ? 2 : 0];
    private readonly double[] jacobian = new double[hand.Points.Length * hand.Columns];

    public double Value { get; private set; }

    public ReadOnlySpan<double> Result => jacobian;

    public void Run()
    {
        tape.Reset();
        model.Pose(tape);
        TapeMark mark = tape.Mark();
        Value = 0;
        for (int i = 0; i < hand.Correspondences.Length; i++)
        {
            for (int j = 0; j < own.Length; j++) own[j] = tape.Variable(hand.Places[(2 * i) + j]);
            for (int axis = 0; axis < 3; axis++)
            {
                Scalar<double> error = hand.Points[(3 * i) + axis] - OnMesh(hand.Correspondences[i], axis);
                Value += error.Value;
                Read(tape.Backward(error), jacobian.AsSpan(((3 * i) + axis) * hand.Columns, hand.Columns));
            }

            tape.Rewind(mark);
        }
    }

    public void Dispose() => tape.Dispose();

    private Scalar<double> OnMesh(int correspondence, int axis)
    {
        if (!hand.Complicated) return model.Mesh(correspondence, axis);
        (int a, int b, int c) = hand.Model.Triangles[correspondence];
        return (own[0] * model.Mesh(a, axis)) + (own[1] * model.Mesh(b, axis)) + ((1 - own[0] - own[1]) * model.Mesh(c, axis));
    }

    private void Read(Gradients<double> bars, Span<double> row)
    {
        for (int j = 0; j < own.Length; j++) row[j] = bars[own[j]];
        for (int j = 0; j < HandModel.Angles; j++) row[own.Length + j] = bars[model.Angles[j]];
    }
}
