using System.Diagnostics;
using Autodiff.Samples;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Runs every sample as its user does: a process of its own, whose exit code says whether its claims hold.</summary>
[TestFixture]
public sealed class SampleTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    // Shortened as far as the claims hold, tried with the seeds 1 to 5.
    [TestCase("ParameterTransformation", "--epochs", "220")]
    [TestCase("SoftSwitch", "--epochs", "40", Category = "Long")]
    [TestCase("WeightSharing", "--epochs", "120", Category = "Long")]
    [TestCase("OptionGreeks", "--paths", "4000", Category = "Long")]
    [TestCase("MultiplicativeModules", "--epochs", "20", Category = "Long")]
    [TestCase("MixtureOfExperts", "--epochs", "60", "--runs", "4", Category = "Long")]
    [TestCase("MotifDetection", "--runs", "3", Category = "Long")]
    [TestCase("ConvolutionalNetwork", "--runs", "2", Category = "Long")]
    public async Task ASampleHoldsItsClaims(string name, params string[] options)
    {
        string output = Path.Combine(TestContext.CurrentContext.WorkDirectory, "pictures", name);
        (int exitCode, string text) = await Run(name, [.. options, "--output", output]);
        exitCode.ShouldBe(Report.Held, text);
        Directory.GetFiles(output, "*.svg").ShouldNotBeEmpty(text);
    }

    [TestCase("MotifDetection", Category = "Long")]
    [TestCase("ConvolutionalNetwork", Category = "Long")]
    public async Task ASampleThatLearnedTooLittleFallsShort(string name)
    {
        string output = Path.Combine(TestContext.CurrentContext.WorkDirectory, "pictures", "short");
        (int exitCode, string text) = await Run(name, "--epochs", "1", "--runs", "1", "--output", output);
        exitCode.ShouldBe(Report.FellShort, text);
        text.ShouldContain("FALLS SHORT");
    }

    [TestCase("SoftSwitch", Category = "Long")]
    [TestCase("MixtureOfExperts", Category = "Long")]
    [TestCase("MotifDetection", Category = "Long")]
    [TestCase("ConvolutionalNetwork", Category = "Long")]
    public async Task BadInputIsTold(string name)
    {
        (await Run(name, "--data", "/nowhere")).ExitCode.ShouldBe(Report.BadInput);
        (await Run(name, "--epochs", "none")).ExitCode.ShouldBe(Report.BadInput);
        (await Run(name, "--epochs", "0")).ExitCode.ShouldBe(Report.BadInput);
    }

    [Test]
    public async Task BadOptionsOfASampleWithoutDataAreTold()
    {
        (await Run("OptionGreeks", "--paths", "none")).ExitCode.ShouldBe(Report.BadInput);
        (await Run("OptionGreeks", "--paths", "1")).ExitCode.ShouldBe(Report.BadInput);
    }

    /// <summary>The sample's program lies beside the tests, because they reference its project.</summary>
    private static async Task<(int ExitCode, string Text)> Run(string name, params string[] options)
    {
        string program = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        File.Exists(program).ShouldBeTrue($"{program}: needs a project reference to the sample");
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [program, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{name}: not done after {_patience}");
        }
        return (process.ExitCode, await text + await errors);
    }
}
