using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>The rules that hold the repository together, checked on assemblies and sources.</summary>
public sealed partial class ArchitectureTests
{
    private const int MaxLines = 300;

    private static IEnumerable<TestCaseData> Ops => Catalog.All.Select(op => new TestCaseData(op).SetArgDisplayNames(op.Name));

    [Test]
    public void CoreReferencesOnlyTheRuntimeAndOpsOnlyCore()
    {
        Assert.That(Foreign(Catalog.Core), Is.Empty);
        Assert.That(string.Join(" ", Foreign(Catalog.Ops)), Is.EqualTo("Autodiff.Core"));

        static IEnumerable<string> Foreign(Assembly assembly)
            => assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Test]
    public void KernelsKnowNothingOfDerivatives()
    {
        foreach (string file in Repository.Sources("Autodiff.Ops/Kernels"))
            Assert.That(DerivativeWords().Match(File.ReadAllText(file)).Value, Is.Empty, Repository.Relative(file));
    }

    [TestCaseSource(nameof(Ops))]
    public void AnOpIsOneFile(Type op)
    {
        string[] files = [.. Repository.Sources(op.Assembly == Catalog.Core ? "Autodiff.Core/Algebra" : "Autodiff.Ops").Where(f => Path.GetFileNameWithoutExtension(f) == op.Name)];
        Assert.That(files, Has.Length.EqualTo(1), $"files called {op.Name}.cs");
        Assert.That(File.ReadAllText(files[0]), Does.Match($@"struct {op.Name}\b"));
    }

    [Test]
    public void AFileHoldsOneOp()
    {
        string[] names = [.. Catalog.All.Select(op => op.Name)];
        foreach (string file in Repository.Sources("Autodiff.Ops").Concat(Repository.Sources("Autodiff.Core/Algebra")))
            Assert.That(StructNames().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Intersect(names).Count(), Is.LessThanOrEqualTo(1), Repository.Relative(file));
    }

    [Test]
    public void NoFileIsLongerThanThreeHundredLines()
    {
        int files = 0;
        foreach (string file in Repository.Sources())
        {
            files++;
            Assert.That(File.ReadLines(file).Count(), Is.LessThanOrEqualTo(MaxLines), Repository.Relative(file));
        }

        Assert.That(files, Is.GreaterThan(100), "the sources were found");
    }

    [Test]
    public void OnlyTheSurfacesAndTheRecordingArePartial()
    {
        foreach (string file in Repository.Sources("Autodiff.Core").Concat(Repository.Sources("Autodiff.Ops")))
            foreach (Match match in PartialTypes().Matches(File.ReadAllText(file)))
                Assert.That(match.Groups[1].Value, Is.AnyOf("Variable", "Scalar", "Tape", "Recording"), Repository.Relative(file));
    }

    [Test]
    public void PublicTypesAreClosed()
    {
        foreach (Type type in Catalog.Core.GetExportedTypes().Concat(Catalog.Ops.GetExportedTypes()))
            Assert.That(type.IsValueType || type.IsInterface || type.IsSealed || type.IsAbstract, Is.True, type.FullName);
    }

    // that every public member has a comment at all the compiler enforces (CS1591 as an error); here, that the comment says something
    [TestCase("Autodiff.Core")]
    [TestCase("Autodiff.Ops")]
    public void EveryPublicMemberIsDocumentedInWords(string assembly)
    {
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")), Does.Contain("<GenerateDocumentationFile>true"));
        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, assembly, assembly + ".csproj")), Does.Not.Contain("CS1591").And.Not.Contain("GenerateDocumentationFile"));
        XElement[] members = [.. Members(assembly)];
        Assert.That(members, Has.Length.GreaterThan(50));
        HashSet<string> names = [.. members.Concat(Members("Autodiff.Core")).Select(m => m.Attribute("name")!.Value)];
        foreach (XElement member in members)
        {
            string name = member.Attribute("name")!.Value;
            XElement? inherit = member.Element("inheritdoc");
            Assert.That(inherit is not null || member.Element("summary")?.Value.Trim().Length > 1, Is.True, $"{name} has a summary");
            if (inherit?.Attribute("cref")?.Value is { } target) Assert.That(names, Does.Contain(target), $"{name} inherits its words from {target}");
            foreach (XElement reference in member.Descendants().Where(e => e.Attribute("cref")?.Value.StartsWith("!:", StringComparison.Ordinal) == true))
                Assert.Fail($"{name} refers to {reference.Attribute("cref")!.Value}, which is not there");
        }
    }

    // beside the tests, where the build puts it with the assembly
    private static IEnumerable<XElement> Members(string assembly) => XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml")).Descendants("member");

    [GeneratedRegex(@"Tape|Variable<|Vjp|adjoint|cotangent|gradient|backward", RegexOptions.IgnoreCase)]
    private static partial Regex DerivativeWords();

    [GeneratedRegex(@"\bstruct (\w+)")]
    private static partial Regex StructNames();

    [GeneratedRegex(@"^[^/\n]*\bpartial (?:class|struct|record|interface) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PartialTypes();
}
