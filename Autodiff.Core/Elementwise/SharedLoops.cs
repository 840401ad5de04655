using System.Numerics;

namespace Autodiff;

/// <summary>An elementwise loop whose parts threads share.</summary>
internal unsafe struct MapJob<E, T> : IJob
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Broadcasting Plan;
    public T* A, B, C, Y;

    readonly void IJob.Run(int part) => Loops<E, T>.MapRows(Plan.Of(part), A, B, C, Y, Plan);
}

/// <summary>The same for a cotangent; its operand has an element of its own for every element of the result.</summary>
internal unsafe struct PullJob<E, T, K> : IJob
    where E : struct, IElementwise
    where T : unmanaged, IFloatingPointIeee754<T>
    where K : struct, IOperand
{
    public Broadcasting Plan;
    public T* A, B, C, Y, YBar, XBar;
    public bool Fresh;

    readonly void IJob.Run(int part) => Loops<E, T>.PullRows<K>(Plan.Of(part), A, B, C, Y, YBar, XBar, Fresh, Plan);
}
