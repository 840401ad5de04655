using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autodiff.Benchmarks;

/// <summary>What a figure was measured on.</summary>
internal static class Machine
{
    /// <summary>For example <c>amd-25-17-avx512</c>: vendor, family, model and the widest lanes.</summary>
    public static string FileName
    {
        get
        {
            (string vendor, string family, string model, _) = Processor();
            return $"{vendor}-{family}-{model}-{Lanes}".ToLowerInvariant();
        }
    }

    public static string Description
    {
        get
        {
            (_, string family, string model, string name) = Processor();
            return $"{name} (family {family}, model {model}), lanes: {Lanes}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
        }
    }

    private static string Lanes => Vector512.IsHardwareAccelerated ? "AVX512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128";

    private static (string Vendor, string Family, string Model, string Name) Processor()
    {
        const string Path = "/proc/cpuinfo";
        if (!File.Exists(Path)) return ("cpu", RuntimeInformation.ProcessArchitecture.ToString(), "0", "unknown processor");
        var facts = new Dictionary<string, string>();
        foreach (string line in File.ReadLines(Path).TakeWhile(line => line.Length > 0))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) facts.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }

        string name = facts.GetValueOrDefault("model name", "unknown processor");
        string vendor = name.Contains("AMD", StringComparison.Ordinal) ? "amd" : name.Contains("Intel", StringComparison.Ordinal) ? "intel" : "cpu";
        return (vendor, facts.GetValueOrDefault("cpu family", "0"), facts.GetValueOrDefault("model", "0"), name);
    }
}
