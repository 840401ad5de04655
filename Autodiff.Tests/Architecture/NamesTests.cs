using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>docs/names.md promises names: each of them exists.</summary>
[TestFixture]
public sealed partial class NamesTests
{
    [Test]
    public void EveryNameOfTheTableExists()
    {
        HashSet<string> members = [.. new[] { Catalog.Core, Catalog.Ops }.SelectMany(a => a.GetExportedTypes())
            .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)).Select(m => m.Name)];
        string[] rows = [.. File.ReadLines(Path.Combine(Repository.Root, "docs", "names.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))];
        rows.Length.ShouldBeGreaterThan(40);
        foreach (string row in rows)
        {
            MatchCollection names = Calls().Matches(row[row.LastIndexOf("| ", row.Length - 3, StringComparison.Ordinal)..]);
            if (names.Count == 0) row.ShouldMatch(@"`(a \+ b|g\[x\])`", "a row without a call");
            foreach (Match name in names) members.ShouldContain(name.Groups[1].Value, row);
        }
    }

    [GeneratedRegex(@"\.([A-Z]\w*)\(")]
    private static partial Regex Calls();
}
