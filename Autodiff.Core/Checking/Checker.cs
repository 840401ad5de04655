using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>One gradient check: the steps in order, the first disagreement ends it.</summary>
internal sealed class Checker<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // above these the differences themselves are too uncertain to say anything
    private const double DoubleLimit = 1e-6, FloatLimit = 3e-3;

    private readonly GradCheckOptions options;
    private readonly Input<T>[] inputs;
    private readonly CheckedProgram<T> program;
    private readonly Random random;
    private double worst;

    public Checker(Func<Variable<T>[], Variable<T>> function, Input<T>[] inputs, GradCheckOptions options)
    {
        (this.options, this.inputs, program) = (options, inputs, new CheckedProgram<T>(function, inputs));
        random = new Random(options.Seed);
    }

    public static double DefaultTolerance => IsDouble ? 1e-10 : 5e-5;

    private static bool IsDouble => typeof(T) == typeof(double);

    private double Tolerance => options.Tolerance ?? DefaultTolerance;

    public GradCheckReport Run()
    {
        using CheckedProgram<T> owned = program;
        return Check() is { } fault
            ? new GradCheckReport { Passed = false, LargestError = worst, Message = $"GradCheck: {options.Name}: {fault} (seed {options.Seed})." }
            : GradCheckReport.Good(options.Name, worst);
    }

    private string? Check()
    {
        T[] x = program.Point, value = program.Value(x), again = program.Value(x);
        if (inputs.Length == 0) return "there is no input; needs at least one";
        if (NotFinite(value) is { } place) return $"the value at {Input<T>.Index(program.OutputShape, place)} is {value[place]}; needs finite values";
        if (!value.AsSpan().SequenceEqual(again)) return "two evaluations at one point differ; needs a function of its inputs only";
        T[] u = Draw(value.Length), w = Draw(x.Length);
        if (!IsSmall(value.Length)) return Directions("gradient", p => Contracted(program.Value(p), u), program.Pull(x, u)) ?? Second(u, w);
        return Elements(value.Length) ?? Directions("gradient", p => Contracted(program.Value(p), u), program.Pull(x, u)) ?? Second(u, w);
    }

    private string? Second(T[] u, T[] w)
    {
        if (options.Orders < 2) return null;
        T[] x = program.Point, plain = program.Pull(x, u);
        (T[] recorded, T[] second) = program.PullTwice(u, w);
        double size = 0;
        foreach (T g in plain) size = Math.Max(size, Math.Abs(double.CreateTruncating(g)));
        for (int i = 0; i < x.Length; i++)
        {
            double a = double.CreateTruncating(plain[i]), b = double.CreateTruncating(recorded[i]);
            if (!(Math.Abs(a - b) <= Tolerance * size)) return $"{At("recorded gradient", i)} is {Text(b)}, the plain sweep says {Text(a)}";
        }

        Func<T[], (double[], double[])> pulled = p => Contracted(program.Pull(p, u), w);
        string? fault = Directions("second derivative", pulled, second);
        if (fault is not null || !IsSmall(1)) return fault;
        for (int i = 0; i < x.Length; i++)
            if (!inputs[InputOf(i)].IsFixed && Disagreement(pulled, [second], Unit(i)) is { } found) return $"{At("second derivative", i)} {found.Text}";
        return null;
    }

    // every element of the Jacobian: a column of it along each axis, all rows at once
    private string? Elements(int outputs)
    {
        T[][] rows = new T[outputs][];
        for (int r = 0; r < outputs; r++)
        {
            T[] unit = new T[outputs];
            unit[r] = T.One;
            rows[r] = program.Pull(program.Point, unit);
            if (NotFinite(rows[r]) is { } place) return $"{At("gradient", place)} is {rows[r][place]}; needs finite derivatives";
        }

        for (int i = 0; i < program.Point.Length; i++)
            if (!inputs[InputOf(i)].IsFixed && Disagreement(Plain, rows, Unit(i)) is { } found)
                return $"{At("gradient", i)}, of output {Input<T>.Index(program.OutputShape, found.Output)}, {found.Text}";
        return null;

        (double[], double[]) Plain(T[] point)
        {
            double[] y = Array.ConvertAll(program.Value(point), double.CreateTruncating);
            return (y, Array.ConvertAll(y, Math.Abs));
        }
    }

    // a random direction within each input, so that the input at fault is named
    private string? Directions(string what, Func<T[], (double[], double[])> function, T[] gradient)
    {
        if (NotFinite(gradient) is { } place) return $"{At(what, place)} is {gradient[place]}; needs finite derivatives";
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] direction = new double[gradient.Length];
            if (inputs[k].IsFixed) continue;
            for (int i = program.Starts[k]; i < program.Starts[k + 1]; i++) direction[i] = (0.5 + (random.NextDouble() / 2)) * (random.Next(2) == 0 ? -1 : 1);
            if (Disagreement(function, [gradient], direction) is { } found) return $"{what} of input {k}, {inputs[k].Shape}, along a random direction {found.Text}";
        }

        return null;
    }

    private (int Output, string Text)? Disagreement(Func<T[], (double[], double[])> function, T[][] rows, double[] direction)
    {
        Measurement[] measured = Differences.Along(function, rows, program.Point, direction);
        double limit = IsDouble ? DoubleLimit : FloatLimit;
        for (int r = 0; r < measured.Length; r++)
        {
            Measurement m = measured[r];
            double scale = 0, largest = 0, distance = Math.Abs(m.Derivative - m.Measured);
            for (int i = 0; i < direction.Length; i++)
            {
                double element = Math.Abs(double.CreateTruncating(rows[r][i]));
                scale += direction[i] * direction[i] * element * element;
                largest = Math.Max(largest, element);
            }

            scale = Math.Max(Math.Sqrt(scale), Math.Abs(m.Measured));
            double yardstick = Math.Max(Math.Max(scale, largest), m.Size), relative = yardstick == 0 ? 0 : Math.Max(distance, m.Error) / yardstick;
            if (m.IsKink) return (r, $"meets a kink: the slope is {Text(m.Left)} on the left, {Text(m.Right)} on the right, the derivative {Text(m.Derivative)}; needs a point away from kinks");
            worst = Math.Max(worst, relative);
            if (!(distance <= (Tolerance * scale) + m.Error))
                return (r, $"is {Text(m.Derivative)}, differences say {Text(m.Measured)} ± {Text(m.Error)}");
            if (!(m.Error <= limit * yardstick))
                return (r, $"is {Text(m.Derivative)}, differences say {Text(m.Measured)} ± {Text(m.Error)}: too uncertain to verify (noise, or a kink nearby)");
        }

        return null;
    }

    // rounding errors are independent: their sum is of the size of the root of the sum of squares
    private static (double[], double[]) Contracted(T[] y, T[] u)
    {
        double sum = 0, magnitude = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double term = double.CreateTruncating(y[i]) * double.CreateTruncating(u[i]);
            sum += term;
            magnitude += term * term;
        }

        return ([sum], [Math.Sqrt(magnitude)]);
    }

    private static int? NotFinite(T[] numbers)
    {
        int place = Array.FindIndex(numbers, x => !T.IsFinite(x));
        return place < 0 ? null : place;
    }

    private bool IsSmall(int outputs) => program.Point.Length <= options.MaxJacobian && outputs <= options.MaxJacobian;

    private T[] Draw(int count)
    {
        T[] numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateTruncating((0.5 + random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1));
        return numbers;
    }

    private double[] Unit(int i)
    {
        double[] direction = new double[program.Point.Length];
        direction[i] = 1;
        return direction;
    }

    private int InputOf(int place)
    {
        int k = 0;
        while (place >= program.Starts[k + 1]) k++;
        return k;
    }

    private string At(string what, int place)
    {
        int k = InputOf(place);
        return $"{what} of input {k} at {Input<T>.Index(inputs[k].Shape, place - program.Starts[k])}";
    }

    private static string Text(double x) => x.ToString(IsDouble ? "G10" : "G7", CultureInfo.InvariantCulture);
}
