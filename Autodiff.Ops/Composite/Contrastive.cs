using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>Contrastive loss of pairs at the distance d = ‖a − b‖: (1/n)·Σ ½·(s·d² + (1 − s)·max(0, margin − d)²); those that are alike (s = 1) shall be near, the others apart.</summary>
/// <remarks>
/// Shapes: a and b [..., d], s [...] → a scalar. ā = s·(a − b) − (1 − s)·max(0, margin − d)·(a − b)/d over n, b̄ the opposite; a pair at the distance 0 has the derivative 0, though it
/// may not be alike. NaN gives NaN. The mean of nothing is NaN. Source: Hadsell, Chopra and LeCun, Dimensionality Reduction by Learning an Invariant Mapping (2006), whose Y is 1 − s.
/// </remarks>
public readonly struct Contrastive : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("within the margin", x => x[0].Contrastive(x[1], x[2], margin: 9), Sample.Of(3, 4), Sample.Of(3, 4), Sample.In(Domain.In((0, 1)), 3))];
}

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.Contrastive"/>
        /// <param name="b">The other vectors.</param>
        /// <param name="alike">s: 1 for pairs that are alike, 0 for the others.</param>
        /// <param name="margin">From which distance on a pair is apart; 0 or more, finite.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The margin is negative, infinite or NaN.</exception>
        public Scalar<T> Contrastive(Variable<T> b, Variable<T> alike, double margin = 1)
        {
            Autodiff.Pairs.Check("Contrastive", a.Shape, b.Shape, alike.Shape);
            if (!(margin >= 0) || double.IsInfinity(margin))
                throw new ArgumentOutOfRangeException(nameof(margin), string.Create(CultureInfo.InvariantCulture, $"Contrastive: margin is {margin}; needs a finite number, 0 or more."));
            Variable<T> difference = a - b, near = (Variable<T>.Of(margin) - difference.Norm(-1)).Relu(), one = T.One;
            return ((alike * difference.Square().Sum(-1)) + ((one - alike) * near.Square())).Mean() * T.CreateTruncating(0.5);
        }
    }
}

/// <summary>What the losses of pairs of vectors share.</summary>
internal static class Pairs
{
    /// <summary>Refuses what is not two batches of vectors and a number for each pair.</summary>
    public static void Check(string op, in Shape a, in Shape b, in Shape target)
    {
        if (a.Rank == 0 || a != b || target != a.Without(a.Rank - 1))
            throw new ShapeException($"{op}: a is {a}, b is {b}, the target {target}; needs a and b: [..., d], and a target for each pair: [...].");
    }
}
