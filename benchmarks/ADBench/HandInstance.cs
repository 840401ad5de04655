namespace Autodiff.Benchmarks;

/// <summary>
/// Hand tracking: the 26 angles and places of a hand shall explain points seen in space. In the simple form each seen point belongs to a point of the mesh;
/// in the complicated one to a triangle, with two parameters u, v of its own that say where in it.
/// </summary>
internal sealed class HandInstance
{
    /// <summary>The numbers of points seen, as in the benchmark.</summary>
    public static readonly int[] Sizes = [100, 192, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 51_200, 100_000];

    public HandInstance(int points, bool complicated, int seed = 1)
    {
        var random = new Random(seed);
        Model = new HandModel(random);
        Complicated = complicated;
        Points = new double[3 * points];
        Correspondences = new int[points];
        Places = new double[complicated ? 2 * points : 0];
        random.FillNormal(Angles.AsSpan(0, 3), 0.3);
        random.FillNormal(Angles.AsSpan(3), 0.5);
        random.FillNormal(Points, 2);
        foreach (ref int c in Correspondences.AsSpan()) c = random.Next(HandModel.Mesh);
        foreach (ref double u in Places.AsSpan()) u = random.Between(0.1, 0.4);
    }

    public HandModel Model { get; }

    public bool Complicated { get; }

    /// <summary>Rotation of the hand as angle·axis, translation, then four angles a finger.</summary>
    public double[] Angles { get; } = new double[HandModel.Angles];

    /// <summary>The points seen [n, 3].</summary>
    public double[] Points { get; }

    /// <summary>The point or triangle of the mesh that each belongs to.</summary>
    public int[] Correspondences { get; }

    /// <summary>Where in its triangle each lies [n, 2]; empty in the simple form.</summary>
    public double[] Places { get; }

    /// <summary>What an error depends on: its own u and v, where it has them, then the angles.</summary>
    public int Columns => HandModel.Angles + (Complicated ? 2 : 0);

    /// <summary>One of the numbers that the errors of a point depend on, in the order of <see cref="Columns"/>.</summary>
    public ref double Parameter(int point, int column)
    {
        int own = Complicated ? 2 : 0;
        if (column < own) return ref Places[(2 * point) + column];
        return ref Angles[column - own];
    }
}
