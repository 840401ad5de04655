using System.Runtime.CompilerServices;

namespace Autodiff.Tests;

/// <summary>The sources, found from where this file was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    /// <summary>Every source file below a folder of the repository.</summary>
    public static IEnumerable<string> Sources(string folder = ".")
        => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(f => !IsOutput(Path.GetRelativePath(Root, f)));

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsOutput(string relative) => relative.Split('/', '\\').Any(part => part is "obj" or "bin" or "artifacts" || part.StartsWith('.') && part.Length > 1);

    private static string Here([CallerFilePath] string file = "") => file;
}
