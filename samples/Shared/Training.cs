using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Autodiff.Samples;

/// <summary>Shows how training proceeds.</summary>
public static class Training
{
    /// <summary>Calls <paramref name="epoch"/> for 0, 1, … with a progress bar; into a file or a pipe goes one closing line only.</summary>
    /// <param name="what">What is trained.</param>
    /// <param name="epochs">Number of calls.</param>
    /// <param name="epoch">Trains one epoch and says how it went, e.g. <c>loss 0.1234</c>.</param>
    public static void Run(string what, int epochs, Func<int, string> epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var clock = Stopwatch.StartNew();
        string state = "";
        // A bar that cannot be overwritten would fill a log: a file or a pipe gets the closing line only.
        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
            AnsiConsole.Progress().AutoClear(true).Start(bars =>
            {
                ProgressTask bar = bars.AddTask(Markup.Escape(what), maxValue: epochs);
                for (int i = 0; i < epochs; i++)
                {
                    state = epoch(i);
                    bar.Description = Markup.Escape($"{what}: {state}");
                    bar.Increment(1);
                }
            });
        else
            for (int i = 0; i < epochs; i++) state = epoch(i);
        string seconds = clock.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        Console.WriteLine($"{what}: {epochs} epochs in {seconds} s, {state}");
    }
}
