using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// The algebra of scalars: kernels that take handles and give the handle of the result back in a register, behind operators that are nothing but a test
/// and a call. A sum that meets the product recorded just before takes it up: c + a·b, a·b + c and c − a·b are one step, with the
/// rounding of two.
/// </summary>
internal sealed unsafe partial class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Add(long x, long y)
    {
        int i = Count;
        long last = current | Pending | (uint)(i - 1);
        if (y == last && IsGood(x) && TakesUp(Opcode.MultiplyAdd, (int)x))
        {
            Values[i - 1] += Values[(int)x];
            return current | (uint)(i - 1);
        }

        if (x == last && IsGood(y) && TakesUp(Opcode.MultiplyAdd, (int)y))
        {
            Values[i - 1] += Values[(int)y];
            return current | (uint)(i - 1);
        }

        if (!AreGood(x, y) || i >= capacity) return AddLate(x, y, last);
        Code* s = Codes + i;
        (s->Op, s->A, s->B) = (Opcode.Add, (int)x, (int)y);
        Values[i] = Values[(int)x] + Values[(int)y];
        Count = i + 1;
        return current | (uint)i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Subtract(long x, long y)
    {
        int i = Count;
        long last = current | Pending | (uint)(i - 1);
        if (y == last && IsGood(x) && TakesUp(Opcode.MultiplySubtract, (int)x))
        {
            Values[i - 1] = Values[(int)x] - Values[i - 1];
            return current | (uint)(i - 1);
        }

        if (!AreGood(x, y) || i >= capacity) return SubtractLate(x, y, last);
        Code* s = Codes + i;
        (s->Op, s->A, s->B) = (Opcode.Subtract, (int)x, (int)y);
        Values[i] = Values[(int)x] - Values[(int)y];
        Count = i + 1;
        return current | (uint)i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Multiply(long x, long y)
    {
        int i = Count;
        if (!AreGood(x, y) || i >= capacity) return MultiplyLate(x, y);
        Code* s = Codes + i;
        (s->Op, s->A, s->B) = (Opcode.Multiply, (int)x, (int)y);
        Values[i] = Values[(int)x] * Values[(int)y];
        Count = i + 1;
        return current | Pending | (uint)i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Divide(long x, long y)
    {
        int a = Slot(x, "Divide"), b = Slot(y, "Divide");
        return Push(new Code { Op = Opcode.Divide, A = a, B = b }, Values[a] / Values[b]);
    }

    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long FusedMultiplyAdd(long x, long y, long z)
    {
        int a = Slot(x, "FusedMultiplyAdd"), b = Slot(y, "FusedMultiplyAdd"), c = Slot(z, "FusedMultiplyAdd");
        return Push(new Code { Op = Opcode.FusedMultiplyAdd, A = a, B = b, C = c }, T.FusedMultiplyAdd(Values[a], Values[b], Values[c]));
    }

    /// <summary>x + k.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long AddConstant(long x, T constant)
    {
        int a = Slot(x, "Add");
        return Push(Code.With(Opcode.AddConstant, a, constant), Values[a] + constant);
    }

    /// <summary>k − x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long SubtractFrom(T constant, long x)
    {
        int a = Slot(x, "Subtract");
        return Push(Code.With(Opcode.SubtractFrom, a, constant), constant - Values[a]);
    }

    /// <summary>k · x. It is not pending: to find the constant a place in the sum costs more than a second step.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long MultiplyConstant(long x, T constant)
    {
        int a = Slot(x, "Multiply"), i = Count;
        if (i >= capacity) Grow();
        Code* s = Codes + i;
        (s->Op, s->A) = (Opcode.MultiplyConstant, a);
        Unsafe.WriteUnaligned(&s->B, constant);
        if (sizeof(T) == sizeof(int)) s->C = 0;   // what is compared must be written
        Values[i] = Values[a] * constant;
        Count = i + 1;
        return current | (uint)i;
    }

    /// <summary>Whether the low word of a handle is its slot: it is of this generation, or surely good all the same, and not pending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsGood(long x) => (ulong)(x ^ current) <= int.MaxValue || (ulong)(x ^ settled) < settledSlots;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AreGood(long x, long y) => (ulong)((x ^ current) | (y ^ current)) <= int.MaxValue || (IsGood(x) && IsGood(y));

    // the handle as one of this generation that is not pending
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Plain(long x, string op)
    {
        if (IsGood(x)) return x;
        if ((ulong)(x ^ current) <= uint.MaxValue && Codes[(int)x & int.MaxValue].Op == Opcode.Multiply) return x & ~Pending;
        return Handle(Find(x, op));
    }

    // turns the last step, a product, into c ± a·b. It may have been taken up already: then its handle is pending still, but its step is no product any more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakesUp(int op, int c)
    {
        Code* s = Codes + (Count - 1);
        if (s->Op != Opcode.Multiply || Count <= floor || c == Count - 1) return false;
        (s->Op, s->C) = (op, c);
        return true;
    }

    private long AddLate(long x, long y, long last)
    {
        if (Count >= capacity) Grow();

        // two products: the later one is taken up by the sum with the earlier; settled once, a handle is plain
        if (y == last && !IsGood(x) && x != y) return Add(Plain(x, "Add"), y);
        if (x == last && !IsGood(y) && x != y) return Add(x, Plain(y, "Add"));
        return Add(Plain(x, "Add"), Plain(y, "Add"));
    }

    private long SubtractLate(long x, long y, long last)
    {
        if (Count >= capacity) Grow();
        if (y == last && !IsGood(x) && x != y) return Subtract(Plain(x, "Subtract"), y);
        return Subtract(Plain(x, "Subtract"), Plain(y, "Subtract"));
    }

    private long MultiplyLate(long x, long y)
    {
        if (Count >= capacity) Grow();
        return Multiply(Plain(x, "Multiply"), Plain(y, "Multiply"));
    }
}
