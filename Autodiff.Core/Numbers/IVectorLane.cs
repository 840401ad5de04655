using System.Numerics;

namespace Autodiff;

/// <summary>How the elementwise loops move a lane between memory and registers.</summary>
internal interface IVectorLane<R, T> : ILane<R>
    where R : struct, IVectorLane<R, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract unsafe R Load(T* source);

    static abstract unsafe void Store(R x, T* target);

    static abstract R Broadcast(T value);

    static abstract T Sum(R x);

    /// <summary>Adds the sums over four lanes to four numbers side by side.</summary>
    static abstract unsafe void AddSums(R a, R b, R c, R d, T* target);

    /// <summary>The greatest number of a lane without NaN.</summary>
    static abstract T Greatest(R x);
}
