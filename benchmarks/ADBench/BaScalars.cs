namespace Autodiff.Benchmarks;

/// <summary>The projection of a bundle adjustment in scalars of a tape.</summary>
internal static class BaScalars
{
    /// <summary>Where a camera sees a point; the formula of <see cref="BaObjective.Project"/>.</summary>
    public static (Scalar<double> U, Scalar<double> V) Project(ReadOnlySpan<Scalar<double>> camera, ReadOnlySpan<Scalar<double>> point)
    {
        Scalar<double> x = point[0] - camera[3], y = point[1] - camera[4], z = point[2] - camera[5];
        (x, y, z) = Rotate(camera[0], camera[1], camera[2], x, y, z);
        Scalar<double> u = x / z, v = y / z, radius = (u * u) + (v * v);
        Scalar<double> scale = camera[6] * (1 + (camera[9] * radius) + (camera[10] * radius * radius));
        return (camera[7] + (u * scale), camera[8] + (v * scale));
    }

    /// <summary>The rotation about (a, b, c) by the length of it. Where that is 0, the formula has no derivative; its limit has.</summary>
    private static (Scalar<double> X, Scalar<double> Y, Scalar<double> Z) Rotate(
        Scalar<double> a, Scalar<double> b, Scalar<double> c, Scalar<double> x, Scalar<double> y, Scalar<double> z)
    {
        Scalar<double> square = (a * a) + (b * b) + (c * c);
        if (!(square > 0)) return (x + ((b * z) - (c * y)), y + ((c * x) - (a * z)), z + ((a * y) - (b * x)));
        Scalar<double> angle = square.Sqrt(), inverse = 1 / angle, sin = angle.Sin(), cos = angle.Cos();
        a *= inverse;
        b *= inverse;
        c *= inverse;
        Scalar<double> along = ((a * x) + (b * y) + (c * z)) * (1 - cos);
        return ((x * cos) + (((b * z) - (c * y)) * sin) + (a * along),
            (y * cos) + (((c * x) - (a * z)) * sin) + (b * along),
            (z * cos) + (((a * y) - (b * x)) * sin) + (c * along));
    }
}
