using System.Numerics;

namespace Autodiff;

/// <summary>The steps that recording and sweep know by number, so that they are recorded by kernels and swept in a switch: the algebra, and nothing else.</summary>
internal static class AlgebraSteps
{
    /// <summary>The opcode of a step of the algebra, −1 of any other.</summary>
    public static int Fixed<E, F>() where E : struct, IElementwise where F : struct, IForm
    {
        if (F.LeftConstant) return typeof(E) == typeof(Binary<Subtract>) ? Opcode.SubtractFrom : -1;
        if (F.RightConstant) return typeof(E) == typeof(Binary<Add>) ? Opcode.AddConstant : typeof(E) == typeof(Binary<Multiply>) ? Opcode.MultiplyConstant : -1;
        return typeof(E) == typeof(Binary<Add>) ? Opcode.Add
            : typeof(E) == typeof(Binary<Subtract>) ? Opcode.Subtract
            : typeof(E) == typeof(Binary<Multiply>) ? Opcode.Multiply
            : typeof(E) == typeof(Binary<Divide>) ? Opcode.Divide
            : typeof(E) == typeof(Unary<Negate>) ? Opcode.Negate
            : typeof(E) == typeof(Ternary<MultiplyAdd>) ? Opcode.MultiplyAdd
            : typeof(E) == typeof(Ternary<MultiplySubtract>) ? Opcode.MultiplySubtract
            : typeof(E) == typeof(Ternary<FusedMultiplyAdd>) ? Opcode.FusedMultiplyAdd
            : -1;
    }

    /// <summary>Enters them into the table, since kernels record them without asking it.</summary>
    public static bool Enter<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        _ = ScalarStep<Binary<Add>, AllSlots, T>.Number;
        _ = ScalarStep<Binary<Subtract>, AllSlots, T>.Number;
        _ = ScalarStep<Binary<Multiply>, AllSlots, T>.Number;
        _ = ScalarStep<Binary<Divide>, AllSlots, T>.Number;
        _ = ScalarStep<Unary<Negate>, AllSlots, T>.Number;
        _ = ScalarStep<Ternary<MultiplyAdd>, AllSlots, T>.Number;
        _ = ScalarStep<Ternary<MultiplySubtract>, AllSlots, T>.Number;
        _ = ScalarStep<Ternary<FusedMultiplyAdd>, AllSlots, T>.Number;
        _ = ScalarStep<Binary<Add>, ConstantRight, T>.Number;
        _ = ScalarStep<Binary<Subtract>, ConstantLeft, T>.Number;
        return ScalarStep<Binary<Multiply>, ConstantRight, T>.Number == Opcode.MultiplyConstant;
    }
}
