namespace Autodiff.Tests;

/// <summary>The sources, found above the folder that the tests run in: a deterministic build forgets where it was compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every source file below a folder of the repository.</summary>
    public static IEnumerable<string> Sources(string folder = ".")
        => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories).Where(f => !IsOutput(Path.GetRelativePath(Root, f)));

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsOutput(string relative) => relative.Split('/', '\\').Any(part => part is "obj" or "bin" or "artifacts" || part.StartsWith('.') && part.Length > 1);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Autodiff.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Autodiff.sln: not in {AppContext.BaseDirectory} nor above it; needs tests built inside the repository.");
    }
}
