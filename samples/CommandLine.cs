using System.Runtime.CompilerServices;

namespace Autodiff.Samples;

// Compiled into every sample, because ConsoleApp is generated anew in each of them.
internal static class CommandLine
{
    // An option that cannot be read is bad input: standard error and exit code 2, not ConsoleApp's standard output and 1,
    // which here says that a result fell short.
    [ModuleInitializer]
    internal static void ReportBadOptions() => ConsoleApp.LogError = message =>
    {
        Console.Error.WriteLine(message);
        Environment.ExitCode = Report.BadInput;
    };
}
