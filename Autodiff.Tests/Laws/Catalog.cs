using System.Numerics;
using System.Reflection;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Every op of the library, found by reflection. Nobody keeps a list: an op that exists is held to the laws.</summary>
internal static class Catalog
{
    /// <summary>The assemblies that hold ops.</summary>
    public static readonly Assembly Core = typeof(Tape<>).Assembly, Ops = typeof(Sigmoid).Assembly;

    public static IReadOnlyList<Type> All { get; } =
        [.. Core.GetTypes().Concat(Ops.GetTypes()).Where(t => t.IsValueType && typeof(IOp).IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal)];

    public static IEnumerable<Type> Unary => All.Where(t => Is(t, typeof(IUnary<>)));

    public static IEnumerable<Type> Binary => All.Where(t => Is(t, typeof(IBinary<>)));

    public static IEnumerable<Type> Ternary => All.Where(t => Is(t, typeof(ITernary<>)));

    public static IEnumerable<Type> Operations => All.Where(t => Is(t, typeof(IOperation<>)));

    public static IEnumerable<Type> Folds => All.Where(t => Is(t, typeof(IFold<>)) || Is(t, typeof(IPairFold<>)));

    public static IEnumerable<Type> Composites => All.Where(t => typeof(IComposite).IsAssignableFrom(t));

    public static IEnumerable<Type> Elementwise => [.. Unary, .. Binary, .. Ternary];

    /// <summary>Each op with each of its cases.</summary>
    public static IEnumerable<Trial<T>> Trials<T>() where T : unmanaged, IFloatingPointIeee754<T> => All.SelectMany(Of<T>);

    public static IEnumerable<Trial<T>> Of<T>(Type op) where T : unmanaged, IFloatingPointIeee754<T>
        => Cases<T>(op).Select(c => new Trial<T>(op, c));

    /// <summary>Whether the type is an op of this form.</summary>
    public static bool Is(Type op, Type form) => op.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == form);

    /// <summary>Whether the op says of itself that its derivative is not that of its value.</summary>
    public static bool DeclaresDerivative(Type op) => (bool)Call(typeof(Catalog), nameof(Declares), [op])!;

    /// <summary>The adapter by which the engine reads an elementwise op, <c>Unary&lt;Sigmoid&gt;</c> for instance.</summary>
    public static Type Adapter(Type op)
        => (Is(op, typeof(IUnary<>)) ? typeof(Unary<>) : Is(op, typeof(IBinary<>)) ? typeof(Binary<>) : typeof(Ternary<>)).MakeGenericType(op);

    /// <summary>Runs a generic static method with type arguments that are known at run time only; its exception comes as it was.</summary>
    public static object? Call(Type owner, string method, Type[] types, params object?[] arguments)
        => owner.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .MakeGenericMethod(types).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static IEnumerable<Case<T>> Cases<T>(Type op) where T : unmanaged, IFloatingPointIeee754<T>
        => (IEnumerable<Case<T>>)(Is(op, typeof(IUnary<>)) ? Call(typeof(ElementwiseCases), "Unary", [op, typeof(T)])
            : Is(op, typeof(IBinary<>)) ? Call(typeof(ElementwiseCases), "Binary", [op, typeof(T)])
            : Is(op, typeof(ITernary<>)) ? Call(typeof(ElementwiseCases), "Ternary", [op, typeof(T)])
            : Is(op, typeof(IFold<>)) ? Call(typeof(Catalog), nameof(FoldCases), [op, typeof(T)])
            : Is(op, typeof(IPairFold<>)) ? Call(typeof(Catalog), nameof(PairFoldCases), [op, typeof(T)])
            : Is(op, typeof(IOperation<>)) ? Call(typeof(Catalog), nameof(OperationCases), [op, typeof(T)])
            : Call(typeof(Catalog), nameof(CompositeCases), [op, typeof(T)]))!;

    private static bool Declares<TOp>() where TOp : IOp => TOp.DeclaresDerivative;

    private static IEnumerable<Case<T>> OperationCases<TOp, T>() where TOp : unmanaged, IOperation<TOp> where T : unmanaged, IFloatingPointIeee754<T>
        => TOp.Cases<T>();

    private static IEnumerable<Case<T>> FoldCases<TOp, T>() where TOp : struct, IFold<TOp> where T : unmanaged, IFloatingPointIeee754<T> => TOp.Cases<T>();

    private static IEnumerable<Case<T>> PairFoldCases<TOp, T>() where TOp : struct, IPairFold<TOp> where T : unmanaged, IFloatingPointIeee754<T> => TOp.Cases<T>();

    private static IEnumerable<Case<T>> CompositeCases<TOp, T>() where TOp : IComposite where T : unmanaged, IFloatingPointIeee754<T> => TOp.Cases<T>();
}

/// <summary>An op and one of its cases.</summary>
public sealed class Trial<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Every draw in the laws begins here; a failure can be run again.</summary>
    public const int Seed = 20;

    internal Trial(Type op, Case<T> @case) => (Op, Case) = (op, @case);

    public Type Op { get; }

    public Case<T> Case { get; }

    public string Name => $"{Op.Name}: {Case.Name}";

    // what no one outside can call is tried in float through what is made of it, and by itself in the long run
    internal TestCaseData Data
    {
        get
        {
            TestCaseData data = new TestCaseData(this).SetArgDisplayNames(Name);
            return typeof(T) == typeof(float) && !Op.IsPublic ? data.SetCategory("Long") : data;
        }
    }

    public override string ToString() => Name;

    internal Input<T>[] Inputs(int seed = Seed) => Input<T>.Draw(Case.Inputs, Case.Spacing, seed);
}
