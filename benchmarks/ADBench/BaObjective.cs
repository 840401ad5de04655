namespace Autodiff.Benchmarks;

/// <summary>The errors of a bundle adjustment in plain numbers: w·(projection − feature), two of an observation, and 1 − w².</summary>
internal sealed class BaObjective(BaInstance b)
{
    /// <summary>The errors of the images [observations, 2].</summary>
    public double[] Reprojection { get; } = new double[b.Features.Length];

    /// <summary>The errors of the weights [observations].</summary>
    public double[] Weight { get; } = new double[b.Weights.Length];

    public void Run()
    {
        for (int i = 0; i < Weight.Length; i++)
        {
            (int camera, int point) = b.Observations[i];
            (double u, double v) = Project(b.Camera(camera), b.Point(point));
            double w = b.Weights[i];
            Reprojection[2 * i] = w * (u - b.Features[2 * i]);
            Reprojection[(2 * i) + 1] = w * (v - b.Features[(2 * i) + 1]);
            Weight[i] = 1 - (w * w);
        }
    }

    /// <summary>
    /// Where a camera sees a point: p = R·(x − c), R by the formula of Rodrigues; p/p_z, distorted by 1 + κ₁r² + κ₂r⁴, times the focal length, from the principal point.
    /// </summary>
    public static (double U, double V) Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point)
    {
        camera = camera[..BaInstance.CameraSize];
        double x = point[0] - camera[3], y = point[1] - camera[4], z = point[2] - camera[5];
        double a = camera[0], b = camera[1], c = camera[2], square = (a * a) + (b * b) + (c * c);
        double px, py, pz;
        if (square > 0)
        {
            double angle = Math.Sqrt(square), inverse = 1 / angle;
            (double sin, double cos) = Math.SinCos(angle);
            a *= inverse;
            b *= inverse;
            c *= inverse;
            double along = ((a * x) + (b * y) + (c * z)) * (1 - cos);
            px = (x * cos) + (((b * z) - (c * y)) * sin) + (a * along);
            py = (y * cos) + (((c * x) - (a * z)) * sin) + (b * along);
            pz = (z * cos) + (((a * y) - (b * x)) * sin) + (c * along);
        }
        else
        {
            px = x + ((b * z) - (c * y));
            py = y + ((c * x) - (a * z));
            pz = z + ((a * y) - (b * x));
        }

        double depth = 1 / pz, u = px * depth, v = py * depth;
        double radius = (u * u) + (v * v), scale = camera[6] * (1 + (camera[9] * radius) + (camera[10] * radius * radius));
        return ((u * scale) + camera[7], (v * scale) + camera[8]);
    }
}
