using System.Diagnostics;

namespace Autodiff.Benchmarks;

/// <summary>Builds and runs the comparison project, which alone needs libtorch, under the conditions that are fair to it.</summary>
internal static class Compare
{
    private const string Program = "artifacts/bin/Compare/release/Compare";

    /// <summary>Measures against TorchSharp; prints a table and writes it beside the others.</summary>
    /// <param name="rounds">Rounds of interleaved measurement.</param>
    /// <param name="output">Folder of the results.</param>
    /// <param name="only">Measures only the lines that contain this, and writes no file.</param>
    /// <param name="preload">A library to load first (LD_PRELOAD), where TorchSharp's own needs one.</param>
    public static int Run(int rounds = 15, string output = "benchmarks/results", string? only = null, string? preload = null)
    {
        int built = Build();
        if (built != 0) return built;
        // fresh memory costs more than the work: the heap is kept
        return Start(Program, [$"{rounds}", output, only ?? ""],
        [
            ("MALLOC_MMAP_THRESHOLD_", "4000000000"), ("MALLOC_TRIM_THRESHOLD_", "8000000000"), ("MALLOC_TOP_PAD_", "268435456"),
            ("DOTNET_TieredCompilation", "0"), ("LD_PRELOAD", preload ?? ""),
        ]);
    }

    /// <summary>Holds what docs/conventions.md says of libtorch to libtorch; prints the rows that do not hold.</summary>
    /// <param name="conventions">The table.</param>
    /// <param name="preload">A library to load first (LD_PRELOAD), where TorchSharp's own needs one.</param>
    public static int Edges(string conventions = "docs/conventions.md", string? preload = null)
    {
        int built = Build();
        return built != 0 ? built : Start(Program, ["edges", conventions], [("LD_PRELOAD", preload ?? "")]);
    }

    private static int Build() => Start("dotnet", ["build", "-c", "Release", "benchmarks/Compare/Compare.csproj", "-v", "quiet", "--nologo"], []);

    private static int Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.WaitForExit();
        return process.ExitCode;
    }
}
