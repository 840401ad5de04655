using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>An operation that says it can add to its output adds what it would have written.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed unsafe class AddingLaws<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static IEnumerable<TestCaseData> Trials => Catalog.Operations
        .Where(op => (bool)Catalog.Call(typeof(AddingLaws<T>), nameof(CanAdd), [op])!).SelectMany(Catalog.Of<T>).Select(t => t.Data);

    [TestCaseSource(nameof(Trials))]
    public void AddingIsWritingAndAdding(Trial<T> trial)
    {
        using var bench = new Bench<T>(trial);
        Recording<T> r = bench.Tape.Recording;
        int found = 0;
        for (int node = 0, count = r.NodeCount; node < count; node++)
        {
            if (r.Nodes[node].Rule == 0 || r.Name(r.Nodes[node].Slot) != trial.Op.Name || r.Nodes[node].Value is null) continue;
            Catalog.Call(typeof(AddingLaws<T>), nameof(Check), [trial.Op], r, node, bench);
            found++;
        }

        Assert.That(found, Is.Positive, "the case has a step of the operation");
    }

    [Test]
    public void AWeightThatIsUsedTwiceTakesNoMemoryForItsSecondGradient()
    {
        var w = new Parameter<T>(new T[200 * 200], [200, 200], "w");
        T[] data = new T[200 * 3];
        Assert.That(Peak(6) - Peak(2), Is.LessThan(4 * 3 * 200 * 2 * 16), "only the small tensors of four more uses");

        long Peak(int uses)
        {
            using var tape = new Tape<T>();
            Variable<T> h = tape.Constant(data, [3, 200]);
            for (int i = 0; i < uses; i++) h = h.MatMul(tape.Variable(w));
            tape.Backward(h.Sum());
            return tape.Statistics.PeakBytes;
        }
    }

    private static bool CanAdd<TOp>() where TOp : unmanaged, IOperation<TOp> => TOp.Adds;

    private static void Check<TOp>(Recording<T> r, int node, Bench<T> bench) where TOp : unmanaged, IOperation<TOp>
    {
        Node<T> n = r.Nodes[node];
        int[] slots = r.Operands(n).ToArray();
        T[] written = new ReadOnlySpan<T>(n.Value, n.Size).ToArray(), before = bench.Draw(n.Size);
        r.Paused = true;
        int target = r.PushNode(n.Shape, 0);
        before.CopyTo(new Span<T>(r.Nodes[target].Value, n.Size));
        r.Attributes.Get<TOp>(n.Attributes).Forward(new ForwardStep<T>(r, slots, target, adds: true));
        T[] expected = [.. written.Zip(before, (a, b) => a + b)];
        Near.Assert<T>(new ReadOnlySpan<T>(r.Nodes[target].Value, n.Size), expected, "added");
        r.DropTemporaries(r.Count - 1, target, r.Attributes.Length);
        r.Paused = false;
    }
}
