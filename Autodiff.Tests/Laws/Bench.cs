using System.Numerics;

namespace Autodiff.Tests;

/// <summary>A case recorded on a tape, with a cotangent: what most laws begin with.</summary>
internal sealed class Bench<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    public Bench(Trial<T> trial, Func<int, bool>? isConstant = null)
        : this(trial, trial.Inputs(), isConstant, new Tape<T>())
    {
    }

    public Bench(Trial<T> trial, Input<T>[] inputs, Func<int, bool>? isConstant, Tape<T> tape)
    {
        Tape = tape;
        X = [.. inputs.Select((x, k) => isConstant?.Invoke(k) == true ? Tape.Constant(x.Values, x.Shape) : Tape.Variable(x.Values, x.Shape))];
        Y = trial.Case.Function(X);
        Random = new Random(Trial<T>.Seed + 1);
        Shape = Y.Shape;
        U = Draw(Shape.Size);
    }

    public Tape<T> Tape { get; }

    public Variable<T>[] X { get; }

    public Variable<T> Y { get; }

    public Shape Shape { get; }

    public T[] U { get; }

    public Random Random { get; }

    public T[] Draw(int count)
    {
        T[] numbers = new T[count];
        for (int i = 0; i < count; i++) numbers[i] = T.CreateTruncating((0.5 + Random.NextDouble()) * (Random.Next(2) == 0 ? -1 : 1));
        return numbers;
    }

    /// <summary>Jᵀ·u, all inputs one after the other; a constant has zeros.</summary>
    public T[] Pull(ReadOnlySpan<T> u, Func<int, bool>? isConstant = null)
    {
        Gradients<T> g = Tape.Backward(Y, u);
        var all = new List<T>();
        for (int k = 0; k < X.Length; k++) all.AddRange(isConstant?.Invoke(k) == true ? new T[X[k].Size] : g[X[k]].ToArray());
        return [.. all];
    }

    /// <summary>The same by the recorded sweep.</summary>
    public T[] PullRecorded(ReadOnlySpan<T> u)
        => [.. Tape.Gradient(Y, X, Tape.Constant(u, Shape)).SelectMany(g => g.Values.ToArray())];

    /// <summary>⟨a, x⟩ as a scalar of the tape.</summary>
    public Scalar<T> Inner(ReadOnlySpan<T> a, Variable<T> x) => SumTo.Of(x * Tape.Constant(a, x.Shape), []).AsScalar();

    public void Dispose() => Tape.Dispose();
}

/// <summary>How numbers are compared in laws.</summary>
internal static class Near
{
    /// <summary>Some hundred units in the last place of the largest: sums in another order.</summary>
    public static void Assert<T>(ReadOnlySpan<T> got, ReadOnlySpan<T> expected, string what, double units = 256) where T : unmanaged, IFloatingPointIeee754<T>
    {
        NUnit.Framework.Assert.That(got.Length, NUnit.Framework.Is.EqualTo(expected.Length), what);
        T largest = T.Zero;
        foreach (T x in expected)
            if (T.IsFinite(x)) largest = T.Max(largest, T.Abs(x));
        T tolerance = (typeof(T) == typeof(double) ? T.CreateTruncating(double.BitIncrement(1) - 1) : T.CreateTruncating(float.BitIncrement(1) - 1)) * T.CreateTruncating(units) * largest;
        for (int i = 0; i < got.Length; i++)
            if (!Same(got[i], expected[i]) && !(T.Abs(got[i] - expected[i]) <= tolerance))
                NUnit.Framework.Assert.Fail($"{what}: at {i} {got[i]}, expected {expected[i]}");
    }

    /// <summary>Bit for bit; all NaN are one.</summary>
    public static void AssertSame<T>(ReadOnlySpan<T> got, ReadOnlySpan<T> expected, string what) where T : unmanaged, IFloatingPointIeee754<T>
    {
        NUnit.Framework.Assert.That(got.Length, NUnit.Framework.Is.EqualTo(expected.Length), what);
        for (int i = 0; i < got.Length; i++)
            if (!Same(got[i], expected[i])) NUnit.Framework.Assert.Fail($"{what}: at {i} {got[i]}, expected {expected[i]}");
    }

    public static bool Same<T>(T a, T b) where T : unmanaged, IFloatingPointIeee754<T>
        => (T.IsNaN(a) && T.IsNaN(b)) || (a == b && T.IsNegative(a) == T.IsNegative(b));
}
