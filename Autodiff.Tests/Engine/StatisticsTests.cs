using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>What the tape says of itself is what a hand counts.</summary>
[TestFixture]
public sealed class StatisticsTests
{
    [Test]
    public void StepsAndBytesAreCounted()
    {
        using var tape = new Tape<double>();
        tape.Statistics.ShouldBe(new TapeStatistics(0, 0, 0, 0, 0, 0, tape.Bytes));
        var w = new Parameter<double>(new double[100], [10, 10], "w");
        Variable<double> x = tape.Variable(new double[10], [1, 10]);   // 80 bytes
        Variable<double> h = x.MatMul(tape.Variable(w));               // 80; saves x and w; w is the parameter's own memory
        Variable<double> y = (h + x).Tanh();                           // 80 + 80; tanh saves its result
        Scalar<double> loss = y.Sum();                                 // the flattened view has no memory, the sum is 8
        TapeStatistics s = tape.Statistics;
        (s.Steps, s.TensorSteps).ShouldBe((7, 7));
        s.ValueBytes.ShouldBe((4 * 80) + 8);
        s.SavedBytes.ShouldBe(2 * 80);
        s.AdjointBytes.ShouldBe(0);
        s.PeakBytes.ShouldBe(4 * (128 + 64), "a tensor's place is whole lines and one behind it");

        tape.Backward(loss);
        s = tape.Statistics;
        s.AdjointBytes.ShouldBe((7 * 8) + 800 + 80, "a number for each step, the leaves' gradients");
        s.PeakBytes.ShouldBeGreaterThan(4 * 192 + 880);
        s.HeldBytes.ShouldBe(tape.Bytes);
        tape.Reset();
        tape.Statistics.ShouldBe(new TapeStatistics(0, 0, 0, 0, 0, 0, tape.Bytes));
    }
}
