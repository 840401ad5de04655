using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>An op without gradient cases, or without a domain, does not compile.</summary>
[Category("Long")]
public sealed class CompilationTests
{
    private const string Operation = """
        using System; using System.Collections.Generic; using System.Numerics; using Autodiff;
        public readonly record struct Twice : IOperation<Twice>
        {
            public static Saved Saves => Saved.Nothing;
            public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];
            public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> { }
            public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T> => step.Accumulate(0, step.Cotangent + step.Cotangent);
            public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => [];
        }
        """;

    private const string Elementwise = """
        using Autodiff;
        public readonly struct Twice : IUnary<Twice>
        {
            public static Saved Saves => Saved.Nothing;
            public static Domain Domain => Domain.Reals;
            public static R Primal<R>(R x) where R : struct, ILane<R> => x + x;
            public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(2);
        }
        """;

    [TestCase(Operation, "Cases")]
    [TestCase(Operation, "Vjp")]
    [TestCase(Operation, "Saves")]
    [TestCase(Elementwise, "Domain")]
    [TestCase(Elementwise, "Partial")]
    public void AnOpThatLeavesItsDutyOutDoesNotCompile(string op, string member)
    {
        Assert.That(Errors(op), Is.Empty, "the whole op");
        string[] lines = op.Split('\n');
        string without = string.Join('\n', lines.Where(line => !line.Contains($" {member}<", StringComparison.Ordinal) && !line.Contains($" {member} =>", StringComparison.Ordinal)));
        Diagnostic[] errors = Errors(without);
        Assert.That(errors.Select(e => e.Id), Is.All.EqualTo("CS0535").And.Not.Empty);
        Assert.That(errors[0].GetMessage(null), Does.Contain(member));
    }

    private static Diagnostic[] Errors(string source)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        IEnumerable<MetadataReference> references = platform.Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || p == typeof(Tape<>).Assembly.Location)
            .Append(typeof(Tape<>).Assembly.Location).Distinct().Select(p => (MetadataReference)MetadataReference.CreateFromFile(p));
        CSharpCompilation compilation = CSharpCompilation.Create("Op", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
    }
}
