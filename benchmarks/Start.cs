using System.Diagnostics;
using System.Globalization;

namespace Autodiff.Benchmarks;

/// <summary>What the first step of a program costs: compiling included, unless it was compiled ahead of time.</summary>
internal static class Start
{
    /// <summary>Times the first steps of a perceptron 784-256-10 in this process.</summary>
    public static void Run()
    {
        using var mlp = new MlpStep();
        var clock = Stopwatch.StartNew();
        mlp.Tape();
        double first = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        mlp.Tape();
        double second = clock.Elapsed.TotalMilliseconds;
        for (int i = 0; i < 200; i++) mlp.Tape();
        clock.Restart();
        for (int i = 0; i < 200; i++) mlp.Tape();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Machine.Description}: first step {first:F1} ms, second {second:F2} ms, after 200 steps {clock.Elapsed.TotalMilliseconds / 200:F3} ms"));
    }
}
