using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Engine;

/// <summary>Tensors of one element and of none: what a sweep stores or adds, whatever the memory held before.</summary>
[TestFixture]
public sealed unsafe class SizeOneTests
{
    private static readonly Func<Variable<double>, Variable<double>>[] Views =
    [
        x => Variable.Stack([x, x], 1), x => Variable.Stack([x], 0), x => Variable.Concat([x, x], 0), x => x.Unsqueeze(0), x => x.Reshape([1, 1]), x => x.Flip(0), x => x.Permute([0]),
        x => x.Slice(0, 0, 1), x => x.BroadcastTo([3]), x => x.Unsqueeze(0).Transpose(), x => x.Pad(0, 1, 1), x => x.Repeat(2, 0), x => x.Tile([2]), x => x.Roll(1, 0), x => x.Sum(0), x => x.Softmax(0),
    ];

    [TestCaseSource(nameof(Views))]
    public void OneElementIsWrittenNotAddedToWhatWasThere(Func<Variable<double>, Variable<double>> view)
    {
        using var tape = new Tape<double>();
        for (int round = 0; round < 3; round++)
        {
            tape.Reset();
            Variable<double> x = tape.Variable([1.5], [1]), y = view(x);
            Scalar<double> loss = (y * y).Sum();
            Spoil(tape.Recording.Memory);
            double recorded = tape.Gradient(loss, x).Values[0];
            Spoil(tape.Recording.Memory);
            tape.Backward(loss)[x][0].ShouldBe(recorded);
        }
    }

    [TestCase(3, 0, 0)]
    [TestCase(3, 0, 1)]
    [TestCase(0, 3, 0)]
    [TestCase(0, 3, 1)]
    public void ASoftmaxOfNothingHasAnEmptyGradient(int rows, int columns, int axis)
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable([], [rows, columns]);
        tape.Backward(x.Softmax(axis).Square().Sum() + x.LogSoftmax(axis).Sum())[x].Length.ShouldBe(0);
    }

    // every small buffer that a sweep may take is full of NaN
    private static void Spoil(TapeMemory<double> memory)
    {
        var taken = new double*[64];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = memory.Take(1);
            new Span<double>(taken[i], 8).Fill(double.NaN);
        }

        foreach (double* buffer in taken) memory.Give(buffer, 1);
    }
}
