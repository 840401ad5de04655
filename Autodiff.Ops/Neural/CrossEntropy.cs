using System.Numerics;
using Autodiff.Kernels;

namespace Autodiff;

/// <summary>Cross entropy of class scores and the true classes, −ln softmax(xᵢ)[labelᵢ] of each row; the method gives the mean, −(1/n)·Σᵢ ln softmax(xᵢ)[labelᵢ].</summary>
/// <remarks>
/// Shapes: logits [n, classes], n labels → a scalar. x̄ = (softmax(x) − the label's unit vector)/n. Every row is shifted by its greatest score: nothing overflows.
/// A logit of −∞ excludes its class; the loss is ∞ if that is the label. NaN gives NaN. The mean of nothing is NaN.
/// </remarks>
/// <param name="Places">Where the true classes are, counted row-major through the whole of x.</param>
public readonly record struct CrossEntropy(IntegerList Places) : IOperation<CrossEntropy>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    /// <inheritdoc/>
    public unsafe void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[1];
        fixed (T* x = step[0], y = step.Output)
        fixed (int* places = step.Integers(Places))
            SharedRows.Run(new CrossEntropyRows<T> { X = x, Y = y, Places = places, N = n }, step.Output.Length, n);
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
        => step.Accumulate(0, CrossEntropyPull.Of(step[0], step.Cotangent, Places));

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("rows", x => x[0].CrossEntropy([2, 0, 0, 1]), Sample.Of(4, 3)),
        new("far from zero", x => x[0].CrossEntropy([1, 0]), Sample.In(Domain.In((98, 102)), 2, 3)),
    ];
}

public static partial class Variable
{
    extension<T>(Variable<T> logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.CrossEntropy"/>
        /// <param name="labels">The true class of each row, from 0; copied to the tape.</param>
        /// <exception cref="ShapeException">The logits are no matrix of as many rows as there are labels.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
        public Scalar<T> CrossEntropy(ReadOnlySpan<int> labels)
        {
            Shape shape = logits.Shape;
            if (shape.Rank != 2 || shape[0] != labels.Length)
                throw new ShapeException($"CrossEntropy: the logits are {shape}, {labels.Length} labels came; needs logits: [n, classes], n labels.");
            int classes = shape[1];
            for (int i = 0; i < labels.Length; i++)
                if ((uint)labels[i] >= (uint)classes)
                    throw new ArgumentOutOfRangeException(nameof(labels), $"CrossEntropy: label {i} is {labels[i]}, the logits are {shape}; needs labels from 0 to {classes - 1} for {classes} classes.");

            IntegerList places = logits.Reserve(labels.Length);
            Span<int> place = logits.Recording!.Attributes.Integers(places.Start, places.Count);
            for (int i = 0; i < labels.Length; i++) place[i] = (i * classes) + labels[i];
            return Variable<T>.Apply(new CrossEntropy(places), logits).Sum() / T.CreateChecked(labels.Length);
        }
    }
}
