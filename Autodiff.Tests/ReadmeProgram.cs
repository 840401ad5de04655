using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Autodiff.Tests;

/// <summary>A program of a Markdown file: one <c>csharp</c> block, with those joined to it, and what the <c>text</c> block behind it says it prints.</summary>
/// <remarks>
/// A block that continues the one before it has <c>&lt;!-- continues --&gt;</c> in front. Statements may stand before or behind the types they use:
/// they are put in order. A program of nothing but types is only compiled.
/// </remarks>
public sealed record ReadmeProgram(string Name, string Source, string? Expected)
{
    public override string ToString() => Name;

    public static IReadOnlyList<ReadmeProgram> In(string markdown)
    {
        var programs = new List<ReadmeProgram>();
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        bool continues = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line == "<!-- continues -->") continues = true;
            if (!line.StartsWith("```", StringComparison.Ordinal) || line.Length == 3) continue;
            int end = Array.FindIndex(lines, i + 1, l => l.Trim() == "```");
            if (end < 0) throw new FormatException($"line {i + 1}: the block '{line}' has no end.");
            string text = string.Join('\n', lines[(i + 1)..end]);
            if (line == "```csharp")
            {
                if (!continues) programs.Add(new($"line {i + 1}", text, null));
                else if (programs.Count > 0) programs[^1] = programs[^1] with { Source = programs[^1].Source + "\n" + text, Expected = null };
                else throw new FormatException($"line {i + 1}: the first block continues nothing.");
                continues = false;
            }
            else if (line == "```text" && programs.Count > 0 && programs[^1].Expected is null && FollowsCode(lines, i)) programs[^1] = programs[^1] with { Expected = text };

            i = end;
        }

        return programs;
    }

    /// <summary>Compiles and runs it; what it printed.</summary>
    public string Run()
    {
        CompilationUnitSyntax unit = Ordered();
        bool runs = unit.Members.Any(m => m is GlobalStatementSyntax) || unit.DescendantNodes().OfType<MethodDeclarationSyntax>().Any(m => m.Identifier.Text == "Main");
        var options = new CSharpCompilationOptions(
            runs ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        CSharpCompilation compilation = CSharpCompilation.Create($"Readme{Guid.NewGuid():N}", [CSharpSyntaxTree.Create(unit, Parsing), Implicit], References, options);
        using var image = new MemoryStream();
        string[] errors = [.. compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
        if (errors.Length > 0) throw new InvalidOperationException($"{Name} does not compile:\n{string.Join('\n', errors)}\n{unit.ToFullString()}");
        if (!runs) return "";
        var context = new AssemblyLoadContext(Name, isCollectible: true);
        image.Position = 0;
        MethodInfo main = context.LoadFromStream(image).EntryPoint!;
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return Trimmed(written.ToString());
    }

    /// <summary>Text without blanks at line ends and empty lines at its own.</summary>
    public static string Trimmed(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd())).Trim('\n');

    private static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp14);

    // what the SDK's implicit usings give a program
    private static SyntaxTree Implicit { get; } = CSharpSyntaxTree.ParseText(
        string.Concat(((string[])["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"]).Select(n => $"global using {n};")), Parsing);

    private static IEnumerable<MetadataReference> References { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    // a text block tells what the code above it prints, if no heading is between
    private static bool FollowsCode(string[] lines, int at)
    {
        for (int i = at - 1; i >= 0; i--)
        {
            if (lines[i].Trim() == "```") return true;
            if (lines[i].StartsWith('#')) return false;
        }

        return false;
    }

    // using directives, then statements, then types: the order the language wants
    private CompilationUnitSyntax Ordered()
    {
        var members = new List<MemberDeclarationSyntax>();
        var usings = new Dictionary<string, UsingDirectiveSyntax>();
        foreach (string part in Parts())
        {
            CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(part, Parsing).GetCompilationUnitRoot();
            foreach (UsingDirectiveSyntax u in unit.Usings) usings.TryAdd(u.ToString(), u);
            members.AddRange(unit.Members);
        }

        return SyntaxFactory.CompilationUnit().WithUsings([.. usings.Values]).WithMembers([.. members.OrderBy(m => m is GlobalStatementSyntax ? 0 : 1)]);
    }

    private IEnumerable<string> Parts()
    {
        // a using directive in a joined block begins a part of its own
        var part = new List<string>();
        foreach (string line in Source.Split('\n'))
        {
            if (IsUsing(line) && part.Any(l => l.Trim().Length > 0 && !IsUsing(l)))
            {
                yield return string.Join('\n', part);
                part.Clear();
            }

            part.Add(line);
        }

        yield return string.Join('\n', part);
    }

    // a directive, not a declaration such as 'using var tape = …'
    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.TrimEnd().EndsWith(';') && line.IndexOf(' ', 6) < 0;
}
