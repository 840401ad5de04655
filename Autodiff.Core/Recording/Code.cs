using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autodiff;

/// <summary>One step of a recording, 16 bytes: what was done, and to which slots. A constant operand stands in the place of B and C.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Code
{
    /// <summary>One of <see cref="Opcode"/>, or a number given out by <see cref="ScalarTable{T}"/>.</summary>
    public int Op;

    /// <summary>The first operand's slot; of a tensor step the index of its <see cref="Node{T}"/>.</summary>
    public int A;

    /// <summary>The second operand's slot.</summary>
    public int B;

    /// <summary>The third operand's slot.</summary>
    public int C;

    /// <summary>The constant in the place of B and C.</summary>
    public static T Constant<T>(in Code code) where T : unmanaged => Unsafe.ReadUnaligned<T>(in Unsafe.As<int, byte>(ref Unsafe.AsRef(in code.B)));

    /// <summary>A step of one operand and a constant.</summary>
    public static Code With<T>(int op, int a, T constant) where T : unmanaged
    {
        Code code = new() { Op = op, A = a };
        Unsafe.WriteUnaligned(ref Unsafe.As<int, byte>(ref code.B), constant);
        return code;
    }
}

/// <summary>The steps that the sweep itself knows; every op gets a number from <see cref="FirstRule"/> on.</summary>
internal static class Opcode
{
    /// <summary>A number the user varies.</summary>
    public const int Leaf = 0;

    /// <summary>A constant that a tensor operation needed a slot for.</summary>
    public const int Constant = 1;

    /// <summary>A step over tensors: A is its node.</summary>
    public const int Tensor = 2;

    /// <summary>Element B of the tensor in slot A.</summary>
    public const int Element = 3;

    /// <summary>The first step that has a rule: the algebra, which the engine knows by number.</summary>
    public const int FirstRule = 4;

    /// <summary>a + b.</summary>
    public const int Add = 4;

    /// <summary>a − b.</summary>
    public const int Subtract = 5;

    /// <summary>a · b.</summary>
    public const int Multiply = 6;

    /// <summary>a / b.</summary>
    public const int Divide = 7;

    /// <summary>−a.</summary>
    public const int Negate = 8;

    /// <summary>c + a·b, with the rounding of two steps.</summary>
    public const int MultiplyAdd = 9;

    /// <summary>c − a·b, with the rounding of two steps.</summary>
    public const int MultiplySubtract = 10;

    /// <summary>a·b + c, rounded once.</summary>
    public const int FusedMultiplyAdd = 11;

    /// <summary>a + constant.</summary>
    public const int AddConstant = 12;

    /// <summary>constant − a.</summary>
    public const int SubtractFrom = 13;

    /// <summary>a · constant.</summary>
    public const int MultiplyConstant = 14;

    /// <summary>The first number that <see cref="ScalarTable{T}"/> gives out.</summary>
    public const int FirstFree = 15;
}
