namespace Autodiff.Benchmarks;

/// <summary>The posed hand in scalars of a tape; the formulas of <see cref="HandObjective"/>.</summary>
internal sealed class HandScalars(HandInstance hand)
{
    private const int Motion = HandModel.Motion;
    private readonly Scalar<double>[] absolutes = new Scalar<double>[HandModel.Bones * Motion];
    private readonly Scalar<double>[] transforms = new Scalar<double>[HandModel.Bones * Motion];
    private readonly Scalar<double>[] whole = new Scalar<double>[Motion];
    private readonly Scalar<double>[] turned = new Scalar<double>[Motion];
    private readonly Scalar<double>[] constants = new Scalar<double>[Motion];

    public Scalar<double>[] Angles { get; } = new Scalar<double>[HandModel.Angles];

    /// <summary>Records the angles and the map of each bone.</summary>
    public void Pose(Tape<double> tape)
    {
        for (int i = 0; i < Angles.Length; i++) Angles[i] = tape.Variable(hand.Angles[i]);
        Whole();
        for (int bone = 0; bone < HandModel.Bones; bone++)
        {
            Turn(bone);
            int parent = hand.Model.Parents[bone];
            Span<Scalar<double>> here = absolutes.AsSpan(bone * Motion, Motion);
            Multiply(parent < 0 ? whole : absolutes.AsSpan(parent * Motion, Motion), turned, here);
            for (int i = 0; i < Motion; i++) constants[i] = hand.Model.InverseAbsolutes[(bone * Motion) + i];
            Multiply(here, constants, transforms.AsSpan(bone * Motion, Motion));
        }
    }

    /// <summary>One coordinate of a point of the mesh.</summary>
    public Scalar<double> Mesh(int point, int axis)
    {
        ReadOnlySpan<double> p = hand.Model.Positions.AsSpan(3 * point, 3);
        Scalar<double> sum = 0;
        for (int j = HandModel.Influences * point; j < HandModel.Influences * (point + 1); j++)
        {
            ReadOnlySpan<Scalar<double>> t = transforms.AsSpan((hand.Model.Follows[j] * Motion) + (4 * axis), 4);
            sum += hand.Model.Weights[j] * ((t[0] * p[0]) + (t[1] * p[1]) + (t[2] * p[2]) + t[3]);
        }

        return sum;
    }

    private static void Multiply(ReadOnlySpan<Scalar<double>> a, ReadOnlySpan<Scalar<double>> b, Span<Scalar<double>> product)
    {
        for (int i = 0; i < Motion; i += 4)
        {
            for (int j = 0; j < 4; j++) product[i + j] = (a[i] * b[j]) + (a[i + 1] * b[4 + j]) + (a[i + 2] * b[8 + j]);
            product[i + 3] += a[i + 3];
        }
    }

    private void Turn(int bone)
    {
        ReadOnlySpan<double> relative = hand.Model.Relatives.AsSpan(bone * Motion, Motion);
        (int bend, int spread) = HandModel.AnglesOf(bone);
        Scalar<double> b = bend < 0 ? 0 : Angles[bend], s = spread < 0 ? 0 : Angles[spread];
        Scalar<double> sx = b.Sin(), cx = b.Cos(), sz = s.Sin(), cz = s.Cos();
        for (int i = 0; i < Motion; i += 4)
        {
            Scalar<double> x = (relative[i] * cz) + (relative[i + 1] * sz), y = (relative[i + 1] * cz) - (relative[i] * sz), z = relative[i + 2];
            (turned[i], turned[i + 1], turned[i + 2], turned[i + 3]) = (x, (y * cx) + (z * sx), (z * cx) - (y * sx), relative[i + 3]);
        }
    }

    private void Whole()
    {
        Scalar<double>[] p = Angles;
        Scalar<double> angle = ((p[0] * p[0]) + (p[1] * p[1]) + (p[2] * p[2])).Sqrt(), s = angle.Sin(), c = angle.Cos();
        Scalar<double> x = p[0] / angle, y = p[1] / angle, z = p[2] / angle, v = 1 - c;
        (whole[0], whole[1], whole[2], whole[3]) = (c + (x * x * v), (x * y * v) - (z * s), (x * z * v) + (y * s), p[3]);
        (whole[4], whole[5], whole[6], whole[7]) = ((x * y * v) + (z * s), c + (y * y * v), (y * z * v) - (x * s), p[4]);
        (whole[8], whole[9], whole[10], whole[11]) = ((x * z * v) - (y * s), (y * z * v) + (x * s), c + (z * z * v), p[5]);
    }
}
