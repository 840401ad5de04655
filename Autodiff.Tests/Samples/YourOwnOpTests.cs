using System.Diagnostics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>The sample of a user's own ops runs as the program that it is.</summary>
public sealed class YourOwnOpTests
{
    [Test]
    public void TheSampleHoldsItsClaims()
    {
        (int code, string output) = Run();
        Assert.That(code, Is.EqualTo(0), output);
        Assert.That(output, Does.Contain("as expected").And.Not.Contain("FALLS SHORT"));
    }

    [Test]
    public void WithoutTrainingItFallsShort()
    {
        (int code, string output) = Run("--epochs", "1");
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("FALLS SHORT"));
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "YourOwnOp.dll"), .. arguments]) { RedirectStandardOutput = true },
        };
        process.Start();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
