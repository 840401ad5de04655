using System.Numerics;
using System.Runtime.InteropServices;

namespace Autodiff.Tests.Oracle;

/// <summary>
/// The numbers that a case depends on: its inputs, its cotangent, its directions, and factors of 1 by which its result is multiplied before the
/// rules read it, and by which the first tensors of the recorded gradient are multiplied before its derivative reads them, to see how much their
/// rounding matters. Integer inputs stay in the case.
/// </summary>
internal sealed record OracleNumbers(double[][] Inputs, double[] Cotangent, double[][] Directions, double[] Rounding, double[] RecordedRounding)
{
    public static OracleNumbers Of(OracleCase c) => new(
        [.. c.Inputs.Select(x => (double[])x.Data.Clone())],
        (double[])c.Cotangent.Data.Clone(),
        [.. c.Directions.Select(d => (double[]?)d?.Data.Clone() ?? [])],
        [.. c.Output.Data.Select(_ => 1.0)],
        [.. Enumerable.Repeat(1.0, c.HasSecondOrder ? 8 : 0)]);
}

/// <summary>What came out of a case, or what the file says should: the value, the gradients, the second-order products.</summary>
internal sealed record OracleResult(double[] Value, double[]?[] Gradients, double[]?[] SecondOrder)
{
    public static OracleResult Expected(OracleCase c) => new(
        c.Output.Data,
        [.. c.Gradients.Select((g, i) => c.Wants(i) ? g!.Data : null)],
        [.. c.SecondOrder.Select((g, i) => c.Wants(i) ? g!.Data : null)]);

    /// <summary>All numbers in a row with where they stand.</summary>
    public IEnumerable<(string What, bool IsSecondOrder, double[] Numbers)> Parts()
    {
        yield return ("value", false, Value);
        for (int i = 0; i < Gradients.Length; i++)
            if (Gradients[i] is { } g) yield return ($"gradient by input {i}", false, g);
        for (int i = 0; i < SecondOrder.Length; i++)
            if (SecondOrder[i] is { } s) yield return ($"second order by input {i}", true, s);
    }
}

/// <summary>Runs a case on a tape.</summary>
internal static class OracleRun
{
    public static OracleResult Tensors<T>(OracleCase c, OracleNumbers numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Tape<T> tape = Kept<T>.Empty;
        Variable<T>[] x = [.. c.Inputs.Select((input, i) =>
            c.Wants(i) ? tape.Variable(To<T>(numbers.Inputs[i]), input.Shape)
            : OracleCalls.IsIntegral(c, i) ? default
            : tape.Constant(To<T>(numbers.Inputs[i]), input.Shape))];
        Variable<T> y = OracleCalls.Tensor(c, x) ?? throw new InvalidOperationException($"{c.Op}: no call is known; needs one in OracleCalls, or its name under NotYetBuilt.");
        if (!y.Shape.Lengths.SequenceEqual(c.Output.Shape)) throw new InvalidOperationException($"{c.Id}: the result is {y.Shape}; needs {Shape.Text(c.Output.Shape)}.");
        int[] wanted = [.. Enumerable.Range(0, x.Length).Where(c.Wants)];
        Span<T> stored = Writable(y);
        for (int k = 0; k < stored.Length; k++) stored[k] *= T.CreateTruncating(numbers.Rounding[k]);
        double[] value = From(y.Values);
        Gradients<T> g = tape.Backward(y, To<T>(numbers.Cotangent));
        var gradients = new double[]?[x.Length];
        foreach (int i in wanted) gradients[i] = From(g[x[i]]);
        if (!c.HasSecondOrder) return new(value, gradients, []);

        // the same rule, recorded: its numbers are the plain sweep's, and its derivative is the second order
        int steps = tape.Count;
        Variable<T>[] recorded = tape.Gradient(y, [.. wanted.Select(i => x[i])], tape.Constant(To<T>(numbers.Cotangent), y.Shape));
        for (int k = 0; k < numbers.RecordedRounding.Length && steps + k < tape.Count; k++)
            if (numbers.RecordedRounding[k] != 1)
                foreach (ref T v in Writable(new Variable<T>(tape.Recording, tape.Recording.Handle(steps + k)))) v *= T.CreateTruncating(numbers.RecordedRounding[k]);
        Scalar<T> product = T.Zero;
        for (int k = 0; k < wanted.Length; k++)
            product += (recorded[k] * tape.Constant(To<T>(numbers.Directions[wanted[k]]), recorded[k].Shape)).Sum();
        Gradients<T> second = tape.Backward(product);
        var secondOrder = new double[]?[x.Length];
        foreach (int i in wanted) secondOrder[i] = From(second[x[i]]);
        return new(value, gradients, secondOrder);
    }

    /// <summary>The same case of an elementwise op with every element a scalar: a broadcast element is simply used again.</summary>
    public static OracleResult Scalars<T>(OracleCase c, OracleNumbers numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var tape = new Tape<T>();
        Scalar<T>[][] x = [.. numbers.Inputs.Select((input, i) => input.Select(v => c.Wants(i) ? tape.Variable(T.CreateTruncating(v)) : T.CreateTruncating(v)).ToArray())];
        Shape shape = c.Output.Shape;
        var value = new double[shape.Size];
        Scalar<T> total = T.Zero;
        for (int k = 0; k < value.Length; k++)
        {
            Scalar<T>[] operands = [.. c.Inputs.Select((input, i) => x[i][Place(k, shape, input.Shape)])];
            Scalar<T> y = OracleCalls.Elementwise<Scalar<T>>(c.Op, operands)!.Value;
            value[k] = double.CreateTruncating(y.Value);
            total += T.CreateTruncating(numbers.Cotangent[k]) * y;
        }

        Gradients<T> g = tape.Backward(total);
        double[]?[] gradients = [.. x.Select((input, i) => c.Wants(i) ? input.Select(v => double.CreateTruncating(g[v])).ToArray() : null)];
        if (!c.HasSecondOrder) return new(value, gradients, []);

        Scalar<T> product = T.Zero;
        for (int i = 0; i < x.Length; i++)
            for (int j = 0; c.Wants(i) && j < x[i].Length; j++) product += T.CreateTruncating(numbers.Directions[i][j]) * tape.Gradient(total, x[i][j]);
        if (product.IsConstant) product += tape.Variable(T.Zero);
        Gradients<T> second = tape.Backward(product);
        return new(value, gradients, [.. x.Select((input, i) => c.Wants(i) ? input.Select(v => double.CreateTruncating(second[v])).ToArray() : null)]);
    }

    // the place in an operand of element k of the result
    private static int Place(int k, Shape result, Shape operand)
    {
        int place = 0, stride = 1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int index = k % result.Lengths[^axis];
            k /= result.Lengths[^axis];
            if (axis > operand.Rank) continue;
            if (operand.Lengths[^axis] != 1) place += index * stride;
            stride *= operand.Lengths[^axis];
        }

        return place;
    }

    // the stored numbers themselves: no program may write them, but a study of rounding must
    private static Span<T> Writable<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
        => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(x.Values), x.Size);

    private static T[] To<T>(double[] values) where T : unmanaged, IFloatingPointIeee754<T> => [.. values.Select(T.CreateTruncating)];

    private static double[] From<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var result = new double[values.Length];
        for (int i = 0; i < result.Length; i++) result[i] = double.CreateTruncating(values[i]);
        return result;
    }

    // one tape a thread: a case is run once for every number it depends on
    private static class Kept<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        [ThreadStatic]
        private static Tape<T>? tape;

        public static Tape<T> Empty
        {
            get
            {
                tape ??= new Tape<T>();
                tape.Reset();
                return tape;
            }
        }
    }
}
