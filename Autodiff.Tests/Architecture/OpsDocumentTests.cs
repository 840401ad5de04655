using NUnit.Framework;

namespace Autodiff.Tests;

public sealed class OpsDocumentTests
{
    [Test]
    public void TheListOfOperationsIsThatOfTheSources()
    {
        string file = Path.Combine(Repository.Root, "docs", "ops.md"), expected = OpsDocument.Write();
        if (Environment.GetEnvironmentVariable("AUTODIFF_WRITE_DOCS") == "1") File.WriteAllText(file, expected);
        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Is.EqualTo(expected), "docs/ops.md is stale; AUTODIFF_WRITE_DOCS=1 dotnet test --filter OpsDocument writes it");
    }
}
