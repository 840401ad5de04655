namespace Autodiff.Benchmarks;

/// <summary>
/// A hand: a skeleton of 22 bones, each placed in its parent's frame, and a mesh of points that follow several bones by weights. Synthetic, of the numbers of
/// the benchmark of Šrajer, Kukelova and Fitzgibbon (2018): palm, wrist and five fingers of four bones, 26 parameters, 544 points of the mesh.
/// </summary>
/// <remarks>A rigid motion or affine map is 12 numbers, [3, 4] row-major, the last column being the translation.</remarks>
internal sealed class HandModel
{
    public const int Bones = 22, Fingers = 5, FingerBones = 4, FirstFinger = 2, Angles = 26, Mesh = 544, Influences = 3, Motion = 12;

    public HandModel(Random random)
    {
        var absolute = new double[Bones * Motion];
        for (int bone = 0; bone < Bones; bone++)
        {
            Parents[bone] = bone == 0 ? -1 : bone < FirstFinger || (bone - FirstFinger) % FingerBones > 0 ? bone - 1 : FirstFinger - 1;
            Span<double> own = Relatives.AsSpan(bone * Motion, Motion), here = absolute.AsSpan(bone * Motion, Motion);
            Turn(random, own);
            if (bone == 0) own.CopyTo(here);
            else HandObjective.Multiply(absolute.AsSpan(Parents[bone] * Motion, Motion), own, here);
            Invert(here, InverseAbsolutes.AsSpan(bone * Motion, Motion));
        }

        for (int i = 0; i < Mesh; i++)
        {
            int bone = i % Bones, parent = Math.Max(Parents[bone], 0), grandparent = Math.Max(Parents[parent], 0);
            double first = random.Between(0.5, 0.9), second = random.Between(0, 1 - first);
            (Follows[3 * i], Follows[(3 * i) + 1], Follows[(3 * i) + 2]) = (bone, parent, grandparent);
            (Weights[3 * i], Weights[(3 * i) + 1], Weights[(3 * i) + 2]) = (first, second, 1 - first - second);
            for (int j = 0; j < 3; j++) Positions[(3 * i) + j] = absolute[(bone * Motion) + (4 * j) + 3] + (0.2 * random.Normal());
            Triangles[i] = (i, (i + 1) % Mesh, (i + Bones) % Mesh);
        }
    }

    public int[] Parents { get; } = new int[Bones];

    /// <summary>The motion from each bone's frame to its parent's, at rest.</summary>
    public double[] Relatives { get; } = new double[Bones * Motion];

    /// <summary>The motion from the frame of all into each bone's, at rest.</summary>
    public double[] InverseAbsolutes { get; } = new double[Bones * Motion];

    /// <summary>Where the points of the mesh are at rest [544, 3].</summary>
    public double[] Positions { get; } = new double[3 * Mesh];

    /// <summary>The bones that a point of the mesh follows, and how much [544, 3].</summary>
    public int[] Follows { get; } = new int[Influences * Mesh];

    public double[] Weights { get; } = new double[Influences * Mesh];

    public (int A, int B, int C)[] Triangles { get; } = new (int, int, int)[Mesh];

    /// <summary>
    /// Where the angles of a bone stand among the parameters, −1 for none: bending about x and spreading about z. The first bone of a finger does both, the
    /// next two bend, the tip follows; the first six parameters are the rotation and translation of the whole hand.
    /// </summary>
    public static (int Bend, int Spread) AnglesOf(int bone)
    {
        if (bone < FirstFinger) return (-1, -1);
        (int finger, int joint) = Math.DivRem(bone - FirstFinger, FingerBones);
        int first = 6 + (finger * 4);
        return joint switch { 0 => (first, first + 1), 1 => (first + 2, -1), 2 => (first + 3, -1), _ => (-1, -1) };
    }

    /// <summary>A small rotation about z and x, and the length of a bone.</summary>
    private static void Turn(Random random, Span<double> motion)
    {
        (double sz, double cz) = Math.SinCos(random.Between(-0.5, 0.5));
        (double sx, double cx) = Math.SinCos(random.Between(-0.3, 0.3));
        ReadOnlySpan<double> turned = [cz, -sz * cx, sz * sx, random.Between(-0.3, 0.3), sz, cz * cx, -cz * sx, random.Between(0.7, 1.2), 0, sx, cx, random.Between(-0.1, 0.1)];
        turned.CopyTo(motion);
    }

    /// <summary>The inverse of a rigid motion: Rᵀ, −Rᵀt.</summary>
    private static void Invert(ReadOnlySpan<double> m, Span<double> inverse)
    {
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) inverse[(4 * i) + j] = m[(4 * j) + i];
            inverse[(4 * i) + 3] = -((m[i] * m[3]) + (m[4 + i] * m[7]) + (m[8 + i] * m[11]));
        }
    }
}
