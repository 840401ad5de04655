using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Kullback–Leibler divergence of the probabilities t from the model's, whose logarithms are x: y = t·(ln t − x), 0 where t = 0. The surface member takes the sum
/// over the last axis and the mean over the rest: (1/n)·Σ t·(ln t − x).
/// </summary>
/// <remarks>
/// ∂y/∂x = −t, ∂y/∂t = ln t + 1 − x (−∞ at t = 0). Shapes: both [..., classes] → a scalar. A class with t = 0 costs nothing even if x = −∞; with t &gt; 0 and x = −∞
/// the divergence is ∞. A negative t gives NaN, NaN gives NaN. The mean of nothing is NaN. It is PyTorch's kl_div(x, t) with the reduction batchmean of matrices.
/// </remarks>
public readonly struct KullbackLeibler : IBinary<KullbackLeibler>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.A | Saved.B;

    /// <inheritdoc/>
    public static (Domain A, Domain B) Domain => (Autodiff.Domain.In((-3, 0)), Autodiff.Domain.In((0.1, 1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static R Primal<R>(R a, R b) where R : struct, ILane<R>
    {
        // 0·∞ does not count, but a NaN does
        R zero = R.Of(0), nothing = R.IfEqual(a, a, zero, a);
        return R.IfEqual(b, zero, nothing, b * (Autodiff.Log.Primal(b) - a));
    }

    /// <inheritdoc/>
    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => -b;

    /// <inheritdoc/>
    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => b.Log() + R.Of(1) - a;
}

public static partial class Variable
{
    extension<T>(Variable<T> logProbabilities) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.KullbackLeibler"/>
        /// <param name="target">Probabilities, of the logarithms' shape.</param>
        /// <exception cref="ShapeException">The shapes differ, or there is no axis.</exception>
        public Scalar<T> KullbackLeibler(Variable<T> target)
        {
            Shape shape = logProbabilities.Shape;
            if (shape.Rank == 0 || shape != target.Shape) throw new ShapeException($"KullbackLeibler: x is {shape}, the target {target.Shape}; needs both: [..., classes].");
            return Variable<T>.Apply<KullbackLeibler>(logProbabilities, target).Sum() / T.CreateChecked(shape.Without(shape.Rank - 1).Size);
        }
    }
}
