namespace Autodiff.Benchmarks;

/// <summary>
/// A bundle adjustment: cameras of 11 parameters (rotation as angle·axis, 3; centre, 3; focal length; principal point, 2; radial distortion, 2), points in
/// space, and observations of a point by a camera, each with a weight w and the place in the image where the point was seen.
/// </summary>
/// <remarks>Definition and sizes: Šrajer, Kukelova, Fitzgibbon (2018). Theirs repeat one observation; these are all different.</remarks>
internal sealed class BaInstance
{
    public const int CameraSize = 11, PointSize = 3;

    /// <summary>What an observation depends on: its camera, its point, its weight.</summary>
    public const int Columns = CameraSize + PointSize + 1;

    /// <summary>Cameras, points and observations.</summary>
    public static readonly (int Cameras, int Points, int Observations)[] Sizes = [(49, 7_776, 31_843), (21, 11_315, 36_455)];

    public BaInstance(int cameras, int points, int observations, int seed = 1)
    {
        var random = new Random(seed);
        Cameras = new double[cameras * CameraSize];
        Points = new double[points * PointSize];
        Weights = new double[observations];
        Observations = new (int, int)[observations];
        Features = new double[2 * observations];
        for (int i = 0; i < cameras; i++) FillCamera(random, Camera(i));
        for (int i = 0; i < points; i++)
        {
            for (int j = 0; j < PointSize; j++) Points[(i * PointSize) + j] = random.Between(-2, 2);
        }

        for (int i = 0; i < observations; i++)
        {
            Observations[i] = (random.Next(cameras), i < points ? i : random.Next(points));
            Weights[i] = random.Between(0.5, 1.5);
            (double u, double v) = BaObjective.Project(Camera(Observations[i].Camera), Point(Observations[i].Point));
            Features[2 * i] = u + random.Normal();
            Features[(2 * i) + 1] = v + random.Normal();
        }
    }

    public double[] Cameras { get; }

    public double[] Points { get; }

    public double[] Weights { get; }

    public (int Camera, int Point)[] Observations { get; }

    /// <summary>Where the points were seen [observations, 2].</summary>
    public double[] Features { get; }

    public Span<double> Camera(int camera) => Cameras.AsSpan(camera * CameraSize, CameraSize);

    public Span<double> Point(int point) => Points.AsSpan(point * PointSize, PointSize);

    /// <summary>One of the numbers that an observation depends on, in the order of <see cref="Columns"/>.</summary>
    public ref double Parameter(int observation, int column)
    {
        (int camera, int point) = Observations[observation];
        if (column < CameraSize) return ref Camera(camera)[column];
        if (column < Columns - 1) return ref Point(point)[column - CameraSize];
        return ref Weights[observation];
    }

    private static void FillCamera(Random random, Span<double> camera)
    {
        for (int j = 0; j < 3; j++) camera[j] = random.Between(-0.3, 0.3);
        camera[3] = random.Between(-1, 1);
        camera[4] = random.Between(-1, 1);
        camera[5] = random.Between(-9, -7); // the points lie between −2 and 2: all in front
        camera[6] = random.Between(400, 600);
        camera[7] = random.Between(-5, 5);
        camera[8] = random.Between(-5, 5);
        camera[9] = random.Between(-0.05, 0.05);
        camera[10] = random.Between(-0.005, 0.005);
    }
}
