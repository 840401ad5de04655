using Autodiff.Samples;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

[TestFixture]
[NonParallelizable] // takes the console
public sealed class ReportTests
{
    [Test]
    public void ExitCodesTellHeldShortAndBadInput()
    {
        Run(r => r.AtMost("error", 5, 4.2, "%")).ShouldBe(Report.Held);
        Run(r => r.AtMost("error", 5, 5.1, "%")).ShouldBe(Report.FellShort);
        Run(r => r.AtLeast("accuracy", 50, double.NaN)).ShouldBe(Report.FellShort);
        Run(r => r.AtMost("error", 5, double.NaN)).ShouldBe(Report.FellShort);
        Run(r => r.Near("b1", 1, double.NaN, 0.1)).ShouldBe(Report.FellShort);
        Run(r => r.Near("b1", 1, 1.05, 0.1)).ShouldBe(Report.Held);
        Run(_ => Splice.Load("/nowhere")).ShouldBe(Report.BadInput);
        Run(_ => throw new ArgumentException("--epochs: 0")).ShouldBe(Report.BadInput);
    }

    [Test]
    public void ALineSaysWhatExpectedGotAndWhetherItHeld()
    {
        TextWriter console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try { Report.Run("title", r => { r.AtMost("test error", 5, 6, "%"); r.Same("motif", "GT", "GT"); }); }
        finally { Console.SetOut(console); }
        string[] lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[1].Split('|', StringSplitOptions.TrimEntries).ShouldBe(["test error", "≤ 5 %", "6 %", "FALLS SHORT"]);
        lines[2].Split('|', StringSplitOptions.TrimEntries).ShouldBe(["motif", "GT", "GT", "ok"]);
        lines[3].ShouldBe("1 as expected, 1 FELL SHORT");
    }

    private static int Run(Action<Report> body) => Report.Run("title", body);
}
