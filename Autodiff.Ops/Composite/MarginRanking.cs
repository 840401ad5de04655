using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Margin ranking loss: (1/n)·Σ max(0, margin − tᵢ·(aᵢ − bᵢ)): a shall be above b by the margin where t is 1, below it where t is −1.</summary>
/// <remarks>Shapes: a, b and t alike → a scalar. ā = −t/n where the margin is not kept, else 0 (also where it is kept just so); b̄ the opposite. NaN gives NaN. The mean of nothing is
/// NaN.</remarks>
public readonly struct MarginRanking : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("all within the margin", x => x[0].MarginRanking(x[1], x[2], margin: 9), Sample.Of(2, 3), Sample.Of(2, 3), Sample.In(Domain.In((-1, 1)), 2, 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.MarginRanking"/>
        /// <param name="b">The other scores.</param>
        /// <param name="target">1 where a shall be above b, −1 where it shall be below.</param>
        /// <param name="margin">By how much; finite.</param>
        /// <exception cref="ShapeException">The shapes differ.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is not finite.</exception>
        public Scalar<T> MarginRanking(Variable<T> b, Variable<T> target, double margin = 0)
        {
            if (a.Shape != b.Shape || a.Shape != target.Shape)
                throw new ShapeException($"MarginRanking: a is {a.Shape}, b is {b.Shape}, the target {target.Shape}; needs equal shapes.");
            if (!double.IsFinite(margin))
                throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"MarginRanking: margin is {margin}; needs a finite number."));
            return (Variable<T>.Of(margin) - (target * (a - b))).Relu().Mean();
        }
    }
}
