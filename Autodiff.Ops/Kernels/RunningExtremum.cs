using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff.Kernels;

/// <summary>Where the running extremum along the middle axis of [outer, n, inner] stands: the first of equal ones, and the first NaN from there on.</summary>
internal static class RunningExtremum<T, TPreference>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TPreference : IPreference<T>
{
    /// <summary>places[o, i, j] = the place among x[o, 0 … i, j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<T> x, Span<int> places, int outer, int n, int inner)
    {
        for (int o = 0; o < outer && n > 0; o++)
        {
            ReadOnlySpan<T> lanes = x.Slice(o * n * inner, n * inner);
            Span<int> at = places.Slice(o * n * inner, n * inner);
            at[..inner].Clear();
            for (int i = 1; i < n; i++)
                for (int j = 0; j < inner; j++)
                {
                    int best = at[((i - 1) * inner) + j];
                    at[(i * inner) + j] = TPreference.Replaces(lanes[(i * inner) + j], lanes[(best * inner) + j]) ? i : best;
                }
        }
    }
}
