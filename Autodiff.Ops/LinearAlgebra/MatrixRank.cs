using System.Globalization;
using System.Numerics;

namespace Autodiff;

public static partial class Variable
{
    extension<T>(Variable<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <summary>The rank of a matrix: how many singular values are above a limit.</summary>
        /// <remarks>A plain number, by which nothing is differentiated. The limit is tolerance · the greatest singular value; the tolerance is ε·max(m, n) unless it is given, as in NumPy, PyTorch
        /// and <see cref="Autodiff.Pinv"/>. A matrix with a NaN or infinity has rank 0: no singular value is above NaN. Cost: that of <see cref="Autodiff.Svd"/>, whose step stays recorded.</remarks>
        /// <param name="tolerance">Singular values up to this part of the greatest count as zero; ε·max(m, n) if left out.</param>
        /// <exception cref="ShapeException">It is not a matrix.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The tolerance is not in [0, 1).</exception>
        /// <exception cref="MatrixException">The iteration did not end.</exception>
        public int MatrixRank(double? tolerance = null)
        {
            Shape shape = a.Shape;
            if (shape.Rank != 2) throw new ShapeException($"MatrixRank: a is {shape}; needs a matrix, [m, n].");
            if (!(tolerance is null or >= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(tolerance), string.Create(CultureInfo.InvariantCulture, $"MatrixRank: tolerance is {tolerance}; needs a number from 0 up to, not including, 1."));
            ReadOnlySpan<T> s = a.SingularValues().Values;
            if (s.IsEmpty) return 0;
            double unit = double.CreateTruncating(T.BitIncrement(T.One) - T.One);
            T limit = T.CreateTruncating(tolerance ?? (unit * Math.Max(shape[0], shape[1]))) * s[0];
            int rank = 0;
            foreach (T value in s)
                if (value > limit) rank++;
            return rank;
        }
    }
}
