using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>Every program of the README, and of the documents, compiles, runs, and prints what the text says.</summary>
[TestFixture]
[NonParallelizable] // takes the console
public sealed class ReadmeTests
{
    [TestCase("README.md")]
    [TestCase("docs/generic.md")]
    public void EveryProgramPrintsWhatTheTextSays(string document)
    {
        using Stream stream = typeof(ReadmeTests).Assembly.GetManifestResourceStream(document)!;
        using var reader = new StreamReader(stream);
        IReadOnlyList<ReadmeProgram> programs = ReadmeProgram.In(reader.ReadToEnd());
        programs.ShouldNotBeEmpty();
        foreach (ReadmeProgram program in programs)
        {
            string printed = program.Run();
            if (program.Expected is not null) printed.ShouldBe(ReadmeProgram.Trimmed(program.Expected), $"{document}, {program}");
        }
    }

    [Test]
    public void ProgramsAreFoundJoinedOrderedAndRun()
    {
        IReadOnlyList<ReadmeProgram> programs = ReadmeProgram.In("""
            # A file
            ```csharp
            using Autodiff;
            using var tape = new Tape<double>();
            Scalar<double> x = tape.Variable(3.0);
            Console.WriteLine(tape.Backward(x * x)[x]);
            ```
            prints
            ```text
            6
            ```
            ```sh
            dotnet run
            ```
            ```csharp
            using Autodiff;
            public static class Twice { public static Scalar<double> Of(Scalar<double> x) => 2 * x; }
            ```
            and is used so:
            <!-- continues -->
            ```csharp
            using System.Text;
            using var tape = new Tape<double>();
            Console.WriteLine(Twice.Of(tape.Variable(4.0)).Value);
            ```
            ```text
            8
            ```
            ```csharp
            public static class Alone { }
            ```
            """);
        programs.Count.ShouldBe(3);
        programs[0].Run().ShouldBe("6");
        programs[0].Expected.ShouldBe("6");
        programs[1].Run().ShouldBe("8");
        programs[1].Expected.ShouldBe("8");
        programs[2].Expected.ShouldBeNull();
        programs[2].Run().ShouldBe("");
        Should.Throw<InvalidOperationException>(() => ReadmeProgram.In("```csharp\nint x = \"text\";\n```")[0].Run()).Message.ShouldContain("CS0029");
        Should.Throw<FormatException>(() => ReadmeProgram.In("```csharp\nint x = 1;"));
    }
}
