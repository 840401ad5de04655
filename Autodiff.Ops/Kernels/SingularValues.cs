using System.Numerics;
using System.Numerics.Tensors;

namespace Autodiff.Kernels;

/// <summary>A = U·diag(s)·Vᵀ by rotations of pairs of columns until all are orthogonal (one-sided Jacobi, Hestenes 1958): also small values keep their digits.</summary>
internal static unsafe class SingularValues
{
    /// <summary>Sweeps over all pairs; 6 to 10 are usual.</summary>
    public const int Patience = 60;

    /// <summary>
    /// Writes U [m, k], s [k], descending, and V [n, k], k = min(m, n), each column of U with a sign that makes its element of the greatest magnitude positive.
    /// Returns whether the iteration ended. Anything that is not finite makes all results NaN.
    /// </summary>
    public static bool Factor<T>(ReadOnlySpan<T> a, Span<T> u, Span<T> s, Span<T> v, int m, int n, int patience = Patience)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = s.Length, length = Math.Max(m, n);
        if (k == 0) return true;
        T largest = T.Abs(TensorPrimitives.MaxMagnitude(a));
        if (!T.IsFinite(largest))
        {
            u.Fill(T.NaN);
            s.Fill(T.NaN);
            v.Fill(T.NaN);
            return true;
        }

        // the shorter side's vectors as rows: the columns of A, or its rows; beside them what the rotations add up to
        Span<T> rows = Workspace<T>.Factors(k * length), turned = Workspace<T>.Strip(k * k);
        T scale = largest == T.Zero ? T.One : T.ScaleB(T.One, -T.ILogB(largest));
        if (m >= n) fixed (T* source = a, target = rows) Transposition.Run(source, n, target, m, m, n);
        else a.CopyTo(rows);
        TensorPrimitives.Multiply(rows, scale, rows);
        turned.Clear();
        for (int i = 0; i < k; i++) turned[i * (k + 1)] = T.One;
        bool ended = false;
        for (int sweep = 0; sweep < patience && !ended; sweep++) ended = Sweep(rows, turned, s, k, length);
        Normalise(rows, s, k, length);
        for (int i = 0; i < k; i++)
        {
            Span<T> row = rows.Slice(i * length, length), turn = turned.Slice(i * k, k);
            if (Reflections.PointsDown<T>(m >= n ? row : turn))
            {
                TensorPrimitives.Negate(row, row);
                TensorPrimitives.Negate(turn, turn);
            }
        }

        TensorPrimitives.Divide(s, scale, s);
        fixed (T* vectors = rows, turns = turned, left = u, right = v)
        {
            Transposition.Run(vectors, length, m >= n ? left : right, k, k, length);
            Transposition.Run(turns, k, m >= n ? right : left, k, k, k);
        }

        return ended;
    }

    /// <summary>Rotates every pair once, the longer first; whether all were orthogonal. s holds the squared lengths.</summary>
    private static bool Sweep<T>(Span<T> rows, Span<T> turned, Span<T> s, int k, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T unit = T.BitIncrement(T.One) - T.One, two = T.CreateTruncating(2), tolerance = unit * T.Sqrt(T.CreateTruncating(length));
        T nothing = T.ScaleB(T.One, typeof(T) == typeof(float) ? -110 : -1000);
        bool ended = true;
        for (int i = 0; i < k; i++) s[i] = Length(rows.Slice(i * length, length));
        for (int p = 0; p < k - 1; p++)
        {
            for (int q = p + 1; q < k; q++)
            {
                Span<T> x = rows.Slice(p * length, length), y = rows.Slice(q * length, length), turnX = turned.Slice(p * k, k), turnY = turned.Slice(q * k, k);
                if (s[p] < s[q])
                {
                    // a rotation by a right angle
                    Reflections.Rotate(x, y, T.Zero, T.One);
                    Reflections.Rotate(turnX, turnY, T.Zero, T.One);
                    (s[p], s[q]) = (s[q], s[p]);
                }

                T between = TensorPrimitives.Dot<T>(x, y);
                if (T.Abs(between) <= tolerance * T.Sqrt(s[p]) * T.Sqrt(s[q])) continue;
                if (s[q] < nothing)
                {
                    // what cancels against x again and again is rounding alone
                    y.Clear();
                    s[q] = T.Zero;
                    continue;
                }

                ended = false;
                T zeta = (s[q] - s[p]) / (two * between), t = T.CopySign(T.One, zeta) / (T.Abs(zeta) + T.Hypot(T.One, zeta)), c = T.One / T.Hypot(T.One, t);
                Reflections.Rotate(x, y, c, -c * t);
                Reflections.Rotate(turnX, turnY, c, -c * t);
                (s[p], s[q]) = (Length(x), Length(y));
            }
        }

        return ended;
    }

    private static T Length<T>(ReadOnlySpan<T> x) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Dot(x, x);

    /// <summary>Rows of length 1, and s their lengths before. A row of zeros becomes one that is orthogonal to all others.</summary>
    private static void Normalise<T>(Span<T> rows, Span<T> s, int k, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < k; i++)
        {
            Span<T> row = rows.Slice(i * length, length);
            s[i] = T.Sqrt(Length<T>(row));
            if (s[i] > T.Zero) TensorPrimitives.Divide(row, s[i], row);
            else Complete(rows, row, i, length);
        }
    }

    // the unit vector that is farthest from the rows before, without its parts along them; twice is enough
    private static void Complete<T>(Span<T> rows, Span<T> row, int before, int length) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int best = 0;
        T least = T.PositiveInfinity;
        for (int i = 0; i < length; i++)
        {
            T part = T.Zero;
            for (int j = 0; j < before; j++) part += rows[(j * length) + i] * rows[(j * length) + i];
            if (part < least) (best, least) = (i, part);
        }

        row.Clear();
        row[best] = T.One;
        for (int pass = 0; pass < 2; pass++)
            for (int j = 0; j < before; j++)
            {
                ReadOnlySpan<T> other = rows.Slice(j * length, length);
                TensorPrimitives.MultiplyAddEstimate(other, -TensorPrimitives.Dot<T>(row, other), row, row);
            }

        TensorPrimitives.Divide(row, T.Sqrt(Length<T>(row)), row);
    }
}
