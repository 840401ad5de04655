using System.Numerics;

namespace Autodiff;

/// <summary>A tensor step: which rule, over which operands, with which attributes, and where its value is. Data only, never a closure.</summary>
internal unsafe struct Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The index in <see cref="RuleTable{T}"/>; 0 for a leaf, a constant or a temporary of a sweep.</summary>
    public int Rule;

    /// <summary>The step's slot.</summary>
    public int Slot;

    /// <summary>Where the operands' slots begin in the recording's attributes, and how many they are.</summary>
    public int Operands, OperandCount;

    /// <summary>Where the attributes of the operation stand.</summary>
    public int Attributes;

    /// <summary>The number of elements.</summary>
    public int Size;

    /// <summary>The elements. Of a 0-d result this is null: its value is the slot's.</summary>
    public T* Value;

    /// <summary>Whether a derivative flows into it.</summary>
    public bool Wanted;

    /// <summary>Whether it is a leaf whose adjoint is kept for the user.</summary>
    public bool IsLeaf;

    /// <summary>Whether the value is a temporary buffer that goes back when the temporary is dropped.</summary>
    public bool Owned;

    /// <summary>Whether the value lies in the recording's own memory, and is no alias of another's.</summary>
    public bool Appended;

    /// <summary>Whether a consuming sweep has given up the value.</summary>
    public bool Consumed;

    /// <summary>The shape.</summary>
    public Shape Shape;
}
