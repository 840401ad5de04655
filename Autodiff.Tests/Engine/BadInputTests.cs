using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>
/// A call that cannot be right is refused at once: the message names the op, what came and what is needed, and the tape is as it was.
/// </summary>
[TestFixture]
public sealed class BadInputTests
{
    private static IEnumerable<TestCaseData> Calls()
    {
        yield return Call("shapes that do not broadcast", (m, v) => _ = m + m.Transpose(), "Add", "[2, 3]", "[3, 2]");
        yield return Call("a comparison of shapes that do not fit", (m, v) => m.GreaterThan(m.Transpose()), "GreaterThan", "[2, 3]", "[3, 2]");
        yield return Call("a condition that does not fit", (m, v) => Variable.Where(m, 1.0, v), "Where", "[2, 3]", "[4]");
        yield return Call("a number as condition", (m, v) => Variable.Where(1.0, m, v), "Where", "[2, 3]", "[4]");
        yield return Call("a product that does not fit", (m, v) => m.MatMul(m), "MatMul", "[2, 3]", "needs");
        yield return Call("a product with a vector", (m, v) => m.MatMul(v), "MatMul", "[2, 3]", "[4]");
        yield return Call("a dot product of a matrix", (m, v) => m.Dot(v), "Dot", "[2, 3]", "[4]");
        yield return Call("an outer product of a matrix", (m, v) => m.Outer(v), "Outer", "[2, 3]", "[4]");
        yield return Call("a shape of other size", (m, v) => m.Reshape([7]), "Reshape", "[2, 3]", "[7]");
        yield return Call("two free lengths", (m, v) => m.Reshape([-1, -1]), "Reshape", "[-1, -1]");
        yield return Call("a negative length", (m, v) => m.Reshape([-2, -3]), "Reshape", "[-2, -3]");
        yield return Call("a shape to which it does not broadcast", (m, v) => m.BroadcastTo([3, 3]), "BroadcastTo", "[2, 3]", "[3, 3]");
        yield return Call("an axis twice", (m, v) => m.Permute([0, 0]), "Permute", "[2, 3]", "[0, 0]");
        yield return Call("a vector transposed", (m, v) => v.Transpose(), "Transpose", "[4]");
        foreach ((string op, Func<Variable<double>, int, object> on) in OnAnAxis)
        {
            yield return Call($"{op}: an axis too many", (m, v) => _ = on(m, 2), op, "axis is 2", "[2, 3]", "-2 to 1");
            yield return Call($"{op}: an axis too few", (m, v) => _ = on(m, -3), op, "axis is -3", "[2, 3]");
        }

        yield return Call("a slice too long", (m, v) => m.Slice(1, 2, 2), "Slice", "[2, 3]", "start 2", "length 2");
        yield return Call("a slice before the start", (m, v) => m.Slice(1, -1, 2), "Slice", "start -1");
        yield return Call("a slice of negative length", (m, v) => m.Slice(1, 1, -1), "Slice", "length -1");
        yield return Call("negative padding", (m, v) => m.Pad(1, -1, 0), "Pad", "before -1");
        yield return Call("nothing to concatenate", (m, v) => Variable.Concat<double>([], 0), "Concat", "at least one");
        yield return Call("concatenation that does not fit", (m, v) => Variable.Concat([m, m.Transpose()], 0), "Concat", "[2, 3]", "[3, 2]");
        yield return Call("nothing to stack", (m, v) => Variable.Stack<double>([], 0), "Stack", "at least one");
        yield return Call("a stack of unequal shapes", (m, v) => Variable.Stack([m, v], 0), "Stack", "[2, 3]", "[4]");
        yield return Call("an index too large", (m, v) => m.IndexSelect([0, 3], 1), "IndexSelect", "index 3", "position 1");
        yield return Call("an index below zero", (m, v) => m.IndexSelect([-1], 0), "IndexSelect", "index -1");
        yield return Call("a gather out of range", (m, v) => m.Gather([0, 5], [2, 1], 1), "Gather", "index 5");
        yield return Call("a gather of other shape", (m, v) => m.Gather([0, 1, 2], [2, 2], 1), "Gather", "3 indices", "[2, 2]");
        yield return Call("a word that is not in the table", (m, v) => m.Embedding([2], [1]), "Embedding", "index 2");
        yield return Call("words of other shape", (m, v) => m.Embedding([0, 1], [3]), "Embedding", "2 indices", "[3]");
        yield return Call("too few scalars", (m, v) => Variable.FromScalars([v[0], v[1]], [3]), "FromScalars", "2 scalars", "[3]");
        yield return Call("too few labels", (m, v) => m.CrossEntropy([0]), "CrossEntropy", "[2, 3]", "1 labels");
        yield return Call("a label out of range", (m, v) => m.CrossEntropy([0, 3]), "CrossEntropy", "label 1 is 3", "0 to 2");
        yield return Call("a label below zero", (m, v) => m.CrossEntropy([-1, 0]), "CrossEntropy", "label 0 is -1");
        yield return Call("targets of other shape", (m, v) => m.BinaryCrossEntropyWithLogits(v), "BinaryCrossEntropyWithLogits", "[2, 3]", "[4]");
        yield return Call("errors of unequal shapes", (m, v) => m.MeanSquaredError(v), "MeanSquaredError", "[2, 3]", "[4]");
        yield return Call("a gain of other length", (m, v) => m.LayerNorm(v, v), "LayerNorm", "[2, 3]", "[4]");
        yield return Call("an epsilon that is no number", (m, v) => m.LayerNorm(m, m, epsilon: double.NaN), "LayerNorm");
        yield return Call("a kernel of other rank", (m, v) => m.Conv1d(v), "Conv1d", "[2, 3]", "[4]");
        yield return Call("a kernel of other channels", (m, v) => m.Reshape([1, 2, 3]).Conv1d(v.Reshape([1, 1, 4])), "Conv1d", "[1, 2, 3]", "[1, 1, 4]");
        yield return Call("a kernel longer than the input", (m, v) => m.Reshape([1, 1, 6]).Slice(2, 0, 3).Conv1d(v.Reshape([1, 1, 4])), "Conv1d", "[1, 1, 3]", "[1, 1, 4]");
        yield return Call("a stride of 0", (m, v) => m.Reshape([1, 1, 6]).Conv1d(v.Reshape([1, 1, 4]), stride: 0), "Conv1d", "stride is 0");
        yield return Call("negative padding of a convolution", (m, v) => m.Reshape([1, 1, 2, 3]).Conv2d(v.Reshape([1, 1, 2, 2]), padding: -1), "Conv2d", "padding is -1");
        yield return Call("a bias of other length", (m, v) => m.Reshape([1, 1, 6]).Conv1d(v.Reshape([1, 1, 4]), v), "Conv1d", "bias is [4]");
        yield return Call("a convolution of 0 groups", (m, v) => m.Reshape([1, 1, 6]).Conv1d(v.Reshape([1, 1, 4]), groups: 0), "Conv1d", "groups is 0");
        yield return Call("channels that do not fall into groups", (m, v) => m.Reshape([1, 3, 2]).Conv1d(v.Reshape([2, 1, 2]), groups: 2), "Conv1d", "[1, 3, 2]", "[2, 1, 2]", "2 groups");
        yield return Call("filters that do not fall into groups", (m, v) => m.Reshape([1, 2, 1, 3]).Conv2d(v.Reshape([1, 1, 2, 2]), groups: 2), "Conv2d", "[1, 2, 1, 3]", "[1, 1, 2, 2]", "2 groups");
        yield return Call("a kernel of all channels in groups", (m, v) => m.Reshape([1, 2, 3]).Conv1d(v.Reshape([2, 2, 1]), groups: 2), "Conv1d", "channels/groups", "[2, 2, 1]");
        yield return Call("padding that makes too many outputs", (m, v) => m.Reshape([1, 1, 6]).Conv1d(v.Reshape([1, 1, 4]), padding: int.MaxValue), "Conv1d", "padding 2147483647", "2^31");
        yield return Call("padding that makes too many outputs of two axes", (m, v) => m.Reshape([1, 1, 2, 3]).Conv2d(v.Reshape([2, 1, 2, 1]), padding: 20000), "Conv2d", "padding 20000", "2^31");
        yield return Call("a dilation beyond the input", (m, v) => m.Reshape([1, 1, 6]).Conv1d(v.Reshape([1, 1, 4]), dilation: int.MaxValue), "Conv1d", "[1, 1, 6]");
        yield return Call("a window beyond all inputs", (m, v) => m.Reshape([1, 1, 2, 3]).AvgPool2d(int.MaxValue), "AvgPool2d", "2147483647");
        yield return Call("a window larger than the input", (m, v) => m.Reshape([1, 2, 3]).MaxPool1d(4), "MaxPool1d", "[1, 2, 3]", "4");
        yield return Call("a window of 0", (m, v) => m.Reshape([1, 2, 3]).AvgPool1d(0), "AvgPool1d", "window is 0");
        yield return Call("the maximum of nothing", (m, v) => m.Slice(0, 0, 0).Max(), "Max", "[0, 3]", "at least one");
        yield return Call("the minimum along an empty axis", (m, v) => m.Slice(0, 0, 0).Min(0), "Min", "[0, 3]", "axis 0");
        yield return Call("a tensor as a scalar", (m, v) => m.AsScalar(), "AsScalar", "[2, 3]");
    }

    private static readonly (string, Func<Variable<double>, int, object>)[] OnAnAxis =
    [
        ("Sum", (x, axis) => x.Sum(axis)), ("Mean", (x, axis) => x.Mean(axis)), ("Max", (x, axis) => x.Max(axis)), ("Min", (x, axis) => x.Min(axis)),
        ("LogSumExp", (x, axis) => x.LogSumExp(axis)), ("Variance", (x, axis) => x.Variance(axis)), ("Norm", (x, axis) => x.Norm(axis)),
        ("Softmax", (x, axis) => x.Softmax(axis)), ("LogSoftmax", (x, axis) => x.LogSoftmax(axis)), ("Slice", (x, axis) => x.Slice(axis, 0, 1)),
        ("Pad", (x, axis) => x.Pad(axis, 1, 1)), ("IndexSelect", (x, axis) => x.IndexSelect([0], axis)), ("Gather", (x, axis) => x.Gather([0, 0], [2, 1], axis)),
        ("Concat", (x, axis) => Variable.Concat([x, x], axis)),
    ];

    [TestCaseSource(nameof(Calls))]
    public void IsRefusedByName(Action<Variable<double>, Variable<double>> call, string[] words)
    {
        using var tape = new Tape<double>();
        Variable<double> m = tape.Variable([1.0, 2, 3, 4, 5, 6], [2, 3]), v = tape.Variable([1.0, 2, 3, 4], [4]);
        string message = Should.Throw<ArgumentException>(() => call(m, v)).Message;
        foreach (string word in words) message.ShouldContain(word);
        message.ShouldContain("needs");
        Assert.That(tape.Backward((m * m).Sum())[m].ToArray(), Is.EqualTo(new double[] { 2, 4, 6, 8, 10, 12 }), "the tape works on");
    }

    [Test]
    public void LeavesOfTheWrongLengthAreRefused()
    {
        using var tape = new Tape<double>();
        Should.Throw<ShapeException>(() => tape.Variable(new double[5], [2, 3])).Message.ShouldBe("Variable: 5 values came, the shape is [2, 3]; needs 6 values.");
        Should.Throw<ShapeException>(() => tape.Constant(new double[5], [2, 3])).Message.ShouldBe("Constant: 5 values came, the shape is [2, 3]; needs 6 values.");
        Should.Throw<ShapeException>(() => tape.Variable([], [])).Message.ShouldContain("needs 1");
        Should.Throw<ShapeException>(() => tape.Variable([1.0], [-1])).Message.ShouldContain("negative");
        Should.Throw<ShapeException>(() => tape.Variable([1.0], [1, 1, 1, 1, 1, 1, 1, 1, 1])).Message.ShouldContain("at most 8");
        Should.Throw<ShapeException>(() => tape.Variable([1.0], [65536, 65536])).Message.ShouldContain("2^31");
        Should.Throw<ShapeException>(() => new Parameter<double>([int.MaxValue], "w")).Message.ShouldContain("Parameter 'w': the shape is [2147483647]; needs at most");
        Should.Throw<ArgumentNullException>(() => tape.Variable((Parameter<double>)null!));
        tape.Count.ShouldBe(0);
    }

    [TestCase(double.NaN)]
    [TestCase(-0.1)]
    [TestCase(double.PositiveInfinity)]
    public void OptimizersRefuseWhatIsNoLearningRate(double rate)
    {
        var p = new Parameter<double>([1.0], [1], "p");
        foreach (Action make in (Action[])[() => _ = new Sgd<double>([p], rate), () => _ = new Adam<double>([p], rate), () => _ = new AdamW<double>([p], rate)])
            Should.Throw<ArgumentOutOfRangeException>(make).Message.ShouldSatisfyAllConditions(m => m.ShouldContain("learningRate"), m => m.ShouldContain("needs"));
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd<double>([p], 0.1, momentum: rate)).Message.ShouldContain("Sgd: momentum");
        Should.Throw<ArgumentOutOfRangeException>(() => new Sgd<double>([p], 0.1, weightDecay: rate)).Message.ShouldContain("Sgd: weightDecay");
        Should.Throw<ArgumentOutOfRangeException>(() => new Adam<double>([p], beta1: rate)).Message.ShouldContain("Adam: beta1");
        Should.Throw<ArgumentException>(() => new Sgd<double>([], 0.1)).Message.ShouldContain("no parameter");
        Should.Throw<ArgumentException>(() => new Sgd<double>([p, p], 0.1)).Message.ShouldContain("p [1]");
    }

    [Test]
    public void AnOptimizerWhoseParameterIsNotOnTheTapeChangesNothing()
    {
        Parameter<double> p = new([1.0], [1], "p"), q = new([1.0], [1], "q");
        var optimizer = new Sgd<double>([p, q], 0.1);
        using var tape = new Tape<double>();
        Gradients<double> g = tape.Backward((tape.Variable(p) * 2).Sum());
        Should.Throw<InvalidOperationException>(() => optimizer.Step(g)).Message.ShouldContain("q [1]");
        (p.Values[0], q.Values[0]).ShouldBe((1, 1));
    }

    private static TestCaseData Call(string name, Action<Variable<double>, Variable<double>> call, params string[] words)
        => new TestCaseData(call, words).SetArgDisplayNames(name);
}
