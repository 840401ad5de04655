using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Autodiff.Tests;

/// <summary>The list of operations, made from their files: names and calls from the source, words from the documentation comments.</summary>
internal static partial class OpsDocument
{
    private static readonly (string Folder, string Title)[] Chapters =
    [
        ("Autodiff.Core/Algebra", "Algebra"), ("Autodiff.Ops/Elementwise", "Elementwise"), ("Autodiff.Ops/Scalars", "Many scalars"), ("Autodiff.Ops/Reduce", "Reductions"), ("Autodiff.Ops/Shaping", "Shaping and choosing"),
        ("Autodiff.Ops/LinearAlgebra", "Linear algebra"), ("Autodiff.Ops/Neural", "Neural networks"), ("Autodiff.Ops/Composite", "Made of others"),
    ];

    private static readonly string[] Assemblies = ["Autodiff.Core", "Autodiff.Ops"];

    public static string Write()
    {
        Dictionary<string, XElement> words = Assemblies
            .SelectMany(a => XDocument.Load(Path.Combine(AppContext.BaseDirectory, a + ".xml")).Descendants("member"))
            .ToDictionary(m => m.Attribute("name")!.Value);
        HashSet<string> ops = [.. Catalog.All.Where(t => t.IsPublic).Select(t => t.Name)];
        var text = new StringBuilder();
        text.Append("# Operations\n\nMade from the sources by a test, which fails where this file is stale (`AUTODIFF_WRITE_DOCS=1 dotnet test --filter OpsDocument` writes it). ");
        text.Append("What happens at kinks and edges in numbers: [conventions.md](conventions.md).\n");
        foreach ((string folder, string title) in Chapters)
        {
            text.Append($"\n## {title}\n");
            foreach (string file in Repository.Sources(folder).Order(StringComparer.Ordinal))
            {
                string source = File.ReadAllText(file);
                MatchCollection types = Types().Matches(source);
                foreach (Match type in types)
                    if (ops.Remove(type.Groups[1].Value)) Entry(text, type.Groups[1].Value, source, words[$"T:Autodiff.{type.Groups[1].Value}"]);

                // places and constants, by which nothing is differentiated, are methods alone
                string name = Path.GetFileNameWithoutExtension(file);
                if (types.Count == 0 && words.Keys.FirstOrDefault(k => Members().Match(k).Groups[1].Value == name) is { } method)
                    Entry(text, name, source, words[method].Element("summary") is null ? words[$"T:Autodiff.{name}"] : words[method]);
            }
        }

        if (ops.Count > 0) throw new InvalidOperationException($"{string.Join(", ", ops)}: in no chapter's folder.");
        return text.ToString();
    }

    private static void Entry(StringBuilder text, string name, string source, XElement member)
    {
        text.Append($"\n### {name}\n");

        // the surface stands behind the op itself
        string[] calls = [.. Calls().Matches(source[Math.Max(0, source.IndexOf("public static partial class", StringComparison.Ordinal))..]).Select(m => Spaces().Replace(m.Groups[1].Value, " ")).Distinct()];
        if (calls.Length > 0) text.Append($"`{string.Join("`, `", calls)}`\n\n");
        text.Append(Plain(member.Element("summary"))).Append('\n');
        if (member.Element("remarks") is { } remarks) text.Append('\n').Append(Plain(remarks)).Append('\n');
    }

    // the words of a comment on one line, with references by their last name
    private static string Plain(XElement? comment)
    {
        if (comment is null) return "";
        var text = new StringBuilder();
        foreach (XNode node in comment.DescendantNodes())
        {
            if (node is XText { Parent: { } parent } words && (parent == comment || parent.Name == "para")) text.Append(words.Value);
            else if (node is XText code) text.Append('`').Append(code.Value).Append('`');
            else if (node is XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference)
                text.Append('`').Append(Last().Match(reference.FirstAttribute!.Value).Value).Append('`');
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"^public (?:readonly )?(?:unsafe )?(?:record )?struct (\w+)", RegexOptions.Multiline)]
    private static partial Regex Types();

    // public members of the surface: up to the parenthesis that closes the parameters
    [GeneratedRegex(@"^ +public (?:static )?((?:R|Variable<T>|Scalar<T>|\([^)]*\)|Variable<T>\[\]|int\[\]|ReadOnlySpan<int>|int|double) \w+(?:<T>)?\((?:[^()]|\([^()]*\))*\))(?!.*(?:IReal|ILane)<R>)", RegexOptions.Multiline)]
    private static partial Regex Calls();

    // a method of the surface, by its name in the documentation file
    [GeneratedRegex(@"^M:Autodiff\.Variable\.<G>\$[^.]*\.(\w+)(?:\(|$)")]
    private static partial Regex Members();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\w+(?=(?:[`{(].*)?$)")]
    private static partial Regex Last();
}
