using System.Numerics;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.BroadcastTo"/>
        /// <param name="shape">The lengths to repeat to; aligned at the last axis.</param>
        /// <exception cref="ShapeException">x does not broadcast to the shape.</exception>
        public Variable<T> BroadcastTo(ReadOnlySpan<int> shape) => Autodiff.BroadcastTo.Of(x, Shape.Create(shape));
    }
}
