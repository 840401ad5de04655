namespace Autodiff.Benchmarks;

/// <summary>The errors of hand tracking in plain numbers: the points seen minus those of the posed mesh, or of places in its triangles.</summary>
internal sealed class HandObjective(HandInstance hand)
{
    private readonly double[] absolutes = new double[HandModel.Bones * HandModel.Motion];
    private readonly double[] transforms = new double[HandModel.Bones * HandModel.Motion];
    private readonly double[] mesh = new double[3 * HandModel.Mesh];

    /// <summary>The errors [n, 3].</summary>
    public double[] Errors { get; } = new double[hand.Points.Length];

    public void Run()
    {
        Pose();
        Skin();
        for (int i = 0; i < hand.Correspondences.Length; i++)
        {
            ReadOnlySpan<double> seen = hand.Points.AsSpan(3 * i, 3);
            Span<double> error = Errors.AsSpan(3 * i, 3);
            if (hand.Complicated)
            {
                (int a, int b, int c) = hand.Model.Triangles[hand.Correspondences[i]];
                double u = hand.Places[2 * i], v = hand.Places[(2 * i) + 1];
                for (int j = 0; j < 3; j++) error[j] = seen[j] - ((u * mesh[(3 * a) + j]) + (v * mesh[(3 * b) + j]) + ((1 - u - v) * mesh[(3 * c) + j]));
            }
            else
            {
                int a = hand.Correspondences[i];
                for (int j = 0; j < 3; j++) error[j] = seen[j] - mesh[(3 * a) + j];
            }
        }
    }

    /// <summary>The product of two affine maps.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (int i = 0; i < 12; i += 4)
        {
            for (int j = 0; j < 4; j++) product[i + j] = (a[i] * b[j]) + (a[i + 1] * b[4 + j]) + (a[i + 2] * b[8 + j]);
            product[i + 3] += a[i + 3];
        }
    }

    /// <summary>The map of each bone, from rest to where the angles put it.</summary>
    private void Pose()
    {
        const int Motion = HandModel.Motion;
        Span<double> turned = stackalloc double[Motion];
        Span<double> whole = stackalloc double[Motion];
        Whole(hand.Angles, whole);
        for (int bone = 0; bone < HandModel.Bones; bone++)
        {
            (int bend, int spread) = HandModel.AnglesOf(bone);
            Turn(hand.Model.Relatives.AsSpan(bone * Motion, Motion), bend < 0 ? 0 : hand.Angles[bend], spread < 0 ? 0 : hand.Angles[spread], turned);
            int parent = hand.Model.Parents[bone];
            Span<double> here = absolutes.AsSpan(bone * Motion, Motion);
            Multiply(parent < 0 ? whole : absolutes.AsSpan(parent * Motion, Motion), turned, here);
            Multiply(here, hand.Model.InverseAbsolutes.AsSpan(bone * Motion, Motion), transforms.AsSpan(bone * Motion, Motion));
        }
    }

    /// <summary>The mesh: each point the weighted mean of where its bones would take it.</summary>
    private void Skin()
    {
        for (int i = 0; i < HandModel.Mesh; i++)
        {
            ReadOnlySpan<double> p = hand.Model.Positions.AsSpan(3 * i, 3);
            double x = 0, y = 0, z = 0;
            for (int j = HandModel.Influences * i; j < HandModel.Influences * (i + 1); j++)
            {
                ReadOnlySpan<double> t = transforms.AsSpan(hand.Model.Follows[j] * HandModel.Motion, HandModel.Motion);
                double w = hand.Model.Weights[j];
                x += w * ((t[0] * p[0]) + (t[1] * p[1]) + (t[2] * p[2]) + t[3]);
                y += w * ((t[4] * p[0]) + (t[5] * p[1]) + (t[6] * p[2]) + t[7]);
                z += w * ((t[8] * p[0]) + (t[9] * p[1]) + (t[10] * p[2]) + t[11]);
            }

            (mesh[3 * i], mesh[(3 * i) + 1], mesh[(3 * i) + 2]) = (x, y, z);
        }
    }

    /// <summary>relative · Rz(spread) · Rx(bend).</summary>
    private static void Turn(ReadOnlySpan<double> relative, double bend, double spread, Span<double> turned)
    {
        (double sx, double cx) = Math.SinCos(bend);
        (double sz, double cz) = Math.SinCos(spread);
        for (int i = 0; i < 12; i += 4)
        {
            double x = (relative[i] * cz) + (relative[i + 1] * sz), y = (relative[i + 1] * cz) - (relative[i] * sz), z = relative[i + 2];
            (turned[i], turned[i + 1], turned[i + 2], turned[i + 3]) = (x, (y * cx) + (z * sx), (z * cx) - (y * sx), relative[i + 3]);
        }
    }

    /// <summary>The motion of the whole hand: the formula of Rodrigues, and the translation.</summary>
    private static void Whole(ReadOnlySpan<double> p, Span<double> motion)
    {
        double angle = Math.Sqrt((p[0] * p[0]) + (p[1] * p[1]) + (p[2] * p[2]));
        (double s, double c) = Math.SinCos(angle);
        double x = p[0] / angle, y = p[1] / angle, z = p[2] / angle, v = 1 - c;
        ReadOnlySpan<double> whole =
        [
            c + (x * x * v), (x * y * v) - (z * s), (x * z * v) + (y * s), p[3],
            (x * y * v) + (z * s), c + (y * y * v), (y * z * v) - (x * s), p[4],
            (x * z * v) - (y * s), (y * z * v) + (x * s), c + (z * z * v), p[5],
        ];
        whole.CopyTo(motion);
    }
}
