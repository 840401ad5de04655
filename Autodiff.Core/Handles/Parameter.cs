using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// Numbers that are trained: a leaf that outlives the tape. A tape reads them where they are, so change them only between
/// the sweep and the next <see cref="Tape{T}.Reset"/>; many tapes may read one parameter at a time.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class Parameter<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // a line at each end: the numbers begin at a multiple of 64 bytes, and kernels may read past their end
    private static readonly int Line = 64 / sizeof(T);
    private readonly T[] array;
    private readonly int start;

    /// <summary>A parameter of zeros.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="name">The name in messages.</param>
    /// <exception cref="ShapeException">The shape has more elements than an array can hold.</exception>
    public Parameter(Shape shape, string name = "parameter")
    {
        ArgumentNullException.ThrowIfNull(name);
        (Shape, Size, Name) = (shape, shape.Size, name);
        if (Size > Array.MaxLength - (2 * Line)) throw new ShapeException($"Parameter '{name}': the shape is {shape}; needs at most {Array.MaxLength - (2 * Line)} elements.");
        array = GC.AllocateArray<T>(Size + (2 * Line), pinned: true);
        nint first = (nint)Unsafe.AsPointer(ref array[0]);
        start = (int)(((((first + 63) & ~63) - first)) / sizeof(T));
    }

    /// <summary>A parameter with values, row-major, which are copied.</summary>
    /// <exception cref="ShapeException">There are more or fewer values than the shape has elements.</exception>
    public Parameter(ReadOnlySpan<T> values, Shape shape, string name = "parameter")
        : this(shape, name)
    {
        if (values.Length != Size) throw new ShapeException($"Parameter '{name}': {values.Length} values came, the shape is {shape}; needs {Size} values.");
        values.CopyTo(Values);
    }

    /// <summary>The name in messages.</summary>
    public string Name { get; }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Size { get; }

    /// <summary>The numbers themselves.</summary>
    public Span<T> Values => array.AsSpan(start, Size);

    internal T* Pointer => (T*)Unsafe.AsPointer(ref array[start]);

    /// <summary>Name and shape.</summary>
    public override string ToString() => $"{Name} {Shape}";
}
