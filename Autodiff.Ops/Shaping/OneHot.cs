using System.Buffers;
using System.Numerics;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Tape<T> tape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>Labels as rows of zeros with a one at the label: a constant, by which nothing is differentiated.</summary>
        /// <param name="labels">The labels, from 0 to classes − 1.</param>
        /// <param name="classes">How many there are to choose from.</param>
        /// <returns>[labels.Length, classes].</returns>
        /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
        public Variable<T> OneHot(ReadOnlySpan<int> labels, int classes)
        {
            Indices.Check("OneHot", labels, classes);
            Shape shape = Shape.Create([labels.Length, classes]);
            T[] rented = ArrayPool<T>.Shared.Rent(shape.Size);
            Span<T> rows = rented.AsSpan(0, shape.Size);
            rows.Clear();
            for (int i = 0; i < labels.Length; i++) rows[(i * classes) + labels[i]] = T.One;
            Variable<T> y = tape.Constant(rows, shape);
            ArrayPool<T>.Shared.Return(rented);
            return y;
        }
    }
}
