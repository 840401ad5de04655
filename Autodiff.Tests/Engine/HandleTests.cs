using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Handles that no longer mean a step, or never did, are refused with a message that says why.</summary>
[TestFixture]
public sealed class HandleTests
{
    [Test]
    public void AfterResetOldHandlesAreRefused()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        Variable<double> v = tape.Variable([1.0, 2], [2]);
        Gradients<double> g = tape.Backward(x * x);
        tape.Reset();
        Scalar<double> now = tape.Variable(7.0);
        Variable<double> nowTensor = tape.Variable([1.0, 2], [2]);
        Refused(() => _ = x.Value, "Value", "reset");
        Refused(() => _ = x * x, "Multiply", "reset");
        Refused(() => _ = now * x, "Multiply", "reset");
        Refused(() => _ = 2 * x, "Multiply", "reset");
        Refused(() => _ = x.Exp(), "Exp", "reset");
        Refused(() => _ = v.Values.Length, "Values", "reset");
        Refused(() => _ = v.Shape, "Shape", "reset");
        Refused(() => _ = v[0], "Element", "reset");
        Refused(() => _ = v.Sum(), "reset");
        Refused(() => _ = nowTensor + v, "Add", "reset");
        Refused(() => _ = nowTensor.MatMul(v), "reset");
        Refused(() => tape.Backward(x), "Backward", "reset");
        Refused(() => tape.Gradient(now, x), "Gradient", "reset");
        Refused(() => _ = g[now], "Gradients", "reset");
        tape.Count.ShouldBe(2);
        tape.Backward(now * now)[now].ShouldBe(14);
    }

    [Test]
    public void AfterRewindHandlesFromBeforeTheMarkStayGood()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(3.0);
        Variable<double> v = tape.Variable([1.0, 2], [2]);
        TapeMark mark = tape.Mark();
        Scalar<double> late = x * x;
        Variable<double> lateTensor = v * v;
        tape.Rewind(mark);
        Scalar<double> other = x + 1;                     // takes the slot that 'late' had
        Refused(() => _ = late.Value, "Value");
        Refused(() => _ = lateTensor.Values.Length, "Values");
        Refused(() => _ = other * late, "Multiply");
        other.Value.ShouldBe(4);
        Gradients<double> g = tape.Backward(other * x + (v * v).Sum());
        g[x].ShouldBe(7);
        g[v].ToArray().ShouldBe([2.0, 4.0]);
    }

    [Test]
    public void AfterDisposeEverythingIsRefused()
    {
        var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        Variable<double> v = tape.Variable([1.0], [1]);
        Gradients<double> g = tape.Backward(x);
        TapeMark mark = tape.Mark();
        tape.Dispose();
        tape.Dispose();
        Action[] uses =
        [
            () => _ = x.Value, () => _ = x + x, () => _ = v.Values.Length, () => _ = v.Sum(), () => tape.Backward(x), () => tape.Variable(1.0),
            () => tape.Variable([1.0], [1]), () => tape.Constant([1.0], [1]), () => tape.Variable(new Parameter<double>([1])), () => tape.Mark(),
            () => tape.Rewind(mark), () => tape.Reset(), () => tape.Gradient(x, x),
        ];
        foreach (Action use in uses) Should.Throw<ObjectDisposedException>(use).Message.ShouldContain("disposed");
        Refused(() => _ = g[x]);
    }

    [Test]
    public void DefaultHandlesAreRefused()
    {
        using var tape = new Tape<double>();
        Scalar<double> none = default, x = tape.Variable(1.0);
        Variable<double> noTensor = default, v = tape.Variable([1.0, 2], [2]);
        Gradients<double> noGradients = default, g = tape.Backward(x);
        int count = tape.Count;
        Refused(() => _ = none.Value, "Value", "default");
        Refused(() => _ = none + x, "Add", "default");
        Refused(() => _ = x / none, "Divide", "default");
        Refused(() => _ = none * 2, "Multiply", "default");
        Refused(() => _ = none.Exp(), "Exp", "default");
        Refused(() => _ = none > x, "default");
        Refused(() => _ = noTensor.Shape, "Shape", "default");
        Refused(() => _ = v * noTensor, "Multiply", "default");
        Refused(() => _ = noTensor.Exp(), "Exp", "default");
        Refused(() => _ = Variable.Where(v, v, noTensor), "Where", "default");
        Refused(() => _ = v.MatMul(noTensor), "default");
        Refused(() => _ = noTensor.Sum(), "default");
        Refused(() => _ = noTensor.Values.Length);
        Refused(() => tape.Backward(none), "Backward", "default");
        Refused(() => tape.Backward(noTensor), "Backward", "default");
        Refused(() => tape.Gradient(x, none), "Gradient", "default");
        Refused(() => _ = g[none], "Gradients", "default");
        Refused(() => _ = g[noTensor], "Gradients", "default");
        Refused(() => _ = noGradients[x], "Gradients", "default");
        Refused(() => tape.Rewind(default), "Rewind", "default");
        none.IsConstant.ShouldBeFalse();
        tape.Count.ShouldBe(count);
    }

    [Test]
    public void NumbersOfEveryKindAreConstants()
    {
        // a constant carries its bits in the handle's place; none may look like the default handle
        foreach (double value in (double[])[0.0, -0.0, 1.5, double.NaN, -double.NaN, double.PositiveInfinity, double.MinValue, double.Epsilon])
        {
            Scalar<double> c = value;
            c.IsConstant.ShouldBeTrue();
            BitConverter.DoubleToInt64Bits(c.Value).ShouldBe(BitConverter.DoubleToInt64Bits(value));
        }

        foreach (float value in (float[])[0f, -0f, 1.5f, float.NaN, float.NegativeInfinity, float.Epsilon])
        {
            Scalar<float> c = value;
            c.IsConstant.ShouldBeTrue();
            BitConverter.SingleToInt32Bits(c.Value).ShouldBe(BitConverter.SingleToInt32Bits(value));
        }
    }

    [Test]
    public void TwoTapesDoNotMix()
    {
        using var a = new Tape<double>();
        using var b = new Tape<double>();
        Scalar<double> x = a.Variable(1.0), y = b.Variable(2.0);
        Variable<double> v = a.Variable([1.0, 2], [2]), w = b.Variable([1.0, 2], [2]);
        Variable<double> m = a.Variable(new double[4], [2, 2]), n = b.Variable(new double[4], [2, 2]);
        Gradients<double> g = a.Backward(x * x);
        (int ofA, int ofB) = (a.Count, b.Count);
        Refused(() => _ = x * y, "Multiply", "two tapes");
        Refused(() => _ = v + w, "Add", "two tapes");
        Refused(() => _ = v * y, "Multiply", "two tapes");
        Refused(() => _ = m.MatMul(n), "MatMul", "two tapes");
        Refused(() => _ = Variable.Where(v, v, w), "Where", "two tapes");
        Refused(() => _ = Variable.Where(1.0, v, w), "Where", "two tapes");
        Refused(() => a.Backward(y), "Backward", "another tape");
        Refused(() => a.Backward(x, keep: [w]), "another tape");
        Refused(() => a.Gradient(x, y), "Gradient", "another tape");
        Refused(() => a.Gradient(y, x), "Gradient", "another tape");
        Refused(() => a.Gradient(v * v, v, w), "tape");
        Refused(() => _ = g[y], "Gradients", "another tape");
        Refused(() => _ = g[w], "Gradients", "another tape");
        Refused(() => a.Rewind(b.Mark()), "Rewind", "another tape");
        a.Count.ShouldBe(ofA + 1);                       // v * v was recorded; no refused call left a step
        b.Count.ShouldBe(ofB);
        a.Backward(x * x)[x].ShouldBe(2);
    }

    private static void Refused(Action use, params string[] words)
    {
        string message = Should.Throw<InvalidOperationException>(use).Message;
        foreach (string word in words) message.ShouldContain(word);
    }
}
