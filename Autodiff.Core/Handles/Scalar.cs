using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Autodiff;

/// <summary>
/// One number on a tape: a handle of 16 bytes. A constant, made from a plain number, is on no tape, takes no step and works with every tape.
/// </summary>
/// <remarks>Using it after its tape was reset, rewound behind it or disposed, or together with one of another tape, is an
/// <see cref="InvalidOperationException"/>; so is using a default handle.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly partial struct Scalar<T> : IReal<Scalar<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    internal Scalar(Recording<T>? recording, long bits) => (Recording, Bits) = (recording, bits);

    internal Recording<T>? Recording { get; }

    internal long Bits { get; }

    /// <summary>Its value.</summary>
    public T Value => Recording is { } r ? r.ValueOf(Bits, "Value") : Constants.Decode<T>(Bits, "Value");

    /// <summary>Whether it is a plain number on no tape.</summary>
    public bool IsConstant => Recording is null && Bits != 0;

    /// <summary>A plain number as a constant.</summary>
    public static implicit operator Scalar<T>(T value) => new(null, Constants.Encode(value));

    /// <summary>a + b. A product made just before is taken up: c + a·b is one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> operator +(Scalar<T> a, Scalar<T> b) => a.Recording is { } r && r == b.Recording ? new(r, r.Add(a.Bits, b.Bits)) : MixedAdd(a, b);

    /// <summary>a − b. A product b made just before is taken up: c − a·b is one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> operator -(Scalar<T> a, Scalar<T> b) => a.Recording is { } r && r == b.Recording ? new(r, r.Subtract(a.Bits, b.Bits)) : MixedSubtract(a, b);

    /// <summary>a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> operator *(Scalar<T> a, Scalar<T> b) => a.Recording is { } r && r == b.Recording ? new(r, r.Multiply(a.Bits, b.Bits)) : MixedMultiply(a, b);

    /// <summary>a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> operator /(Scalar<T> a, Scalar<T> b) => a.Recording is { } r && r == b.Recording ? new(r, r.Divide(a.Bits, b.Bits)) : Mixed<Divide>(a, b);

    /// <summary>−x.</summary>
    public static Scalar<T> operator -(Scalar<T> x) => Apply<Negate>(x);

    /// <summary>Whether the value of a is greater than that of b. A comparison has no derivative. In a row function it is noticed: each path that rows take is recorded.</summary>
    public static bool operator >(Scalar<T> a, Scalar<T> b) => Compare(Comparison.Greater, a, b);

    /// <summary>Whether the value of a is less than that of b.</summary>
    public static bool operator <(Scalar<T> a, Scalar<T> b) => Compare(Comparison.Greater, b, a);

    /// <summary>Whether the value of a is at least that of b.</summary>
    public static bool operator >=(Scalar<T> a, Scalar<T> b) => Compare(Comparison.GreaterOrEqual, a, b);

    /// <summary>Whether the value of a is at most that of b.</summary>
    public static bool operator <=(Scalar<T> a, Scalar<T> b) => Compare(Comparison.GreaterOrEqual, b, a);

    /// <inheritdoc/>
    public static Scalar<T> Of(double value) => T.CreateTruncating(value);

    /// <inheritdoc/>
    public static Scalar<T> IfGreater(Scalar<T> a, Scalar<T> b, Scalar<T> then, Scalar<T> otherwise)
        => RowOf(a, b) is null ? a.Value > b.Value ? then : otherwise : Apply<Where>(Apply<GreaterThan>(a, b), then, otherwise);

    /// <inheritdoc/>
    public static Scalar<T> IfEqual(Scalar<T> a, Scalar<T> b, Scalar<T> then, Scalar<T> otherwise)
        => RowOf(a, b) is null ? a.Value == b.Value ? then : otherwise : Apply<Where>(Apply<EqualTo>(a, b), then, otherwise);

    /// <summary>Records an op of one operand; of a constant it is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Apply<TOp>(Scalar<T> x) where TOp : struct, IUnary<TOp>
        => x.Recording is { } r
            ? new Scalar<T>(r, ScalarStep<Unary<TOp>, AllSlots, T>.Apply(r, x.Bits))
            : TOp.Primal(new One<T>(Constants.Decode<T>(x.Bits, TOp.Name))).Value;

    /// <summary>Records an op of two operands; a constant among them takes no step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Scalar<T> Apply<TOp>(Scalar<T> a, Scalar<T> b) where TOp : struct, IBinary<TOp>
        => a.Recording is { } r && r == b.Recording
            ? new Scalar<T>(r, ScalarStep<Binary<TOp>, AllSlots, T>.Apply(r, a.Bits, b.Bits))
            : Mixed<TOp>(a, b);

    /// <summary>Records an op of three operands.</summary>
    public static Scalar<T> Apply<TOp>(Scalar<T> a, Scalar<T> b, Scalar<T> c) where TOp : struct, ITernary<TOp>
    {
        Recording<T>? r = a.Recording ?? b.Recording ?? c.Recording;
        if (r is not null)
        {
            int count = r.Count;
            try
            {
                int slotA = r.Materialise(a, TOp.Name), slotB = r.Materialise(b, TOp.Name), slotC = r.Materialise(c, TOp.Name);
                return new(r, ScalarStep<Ternary<TOp>, AllSlots, T>.Push(r, slotA, slotB, slotC));
            }
            catch
            {
                r.Truncate(count);   // the constants among the operands
                throw;
            }
        }

        return TOp.Primal(new One<T>(a.Value), new One<T>(b.Value), new One<T>(c.Value)).Value;
    }

    /// <summary>The same number, not differentiated through.</summary>
    internal unsafe Scalar<T> Detached()
    {
        if (Recording is not { } r) return this;
        int slot = r.Slot(Bits, "Detached");
        return new(r, r.Push(new Code { Op = Detached<T>.Number, A = slot }, r.Values[slot]));   // not Value: that is refused in a row function
    }

    internal static bool Compare(Comparison comparison, Scalar<T> a, Scalar<T> b)
        => RowOf(a, b) is { } row ? row.Compare(comparison, a, b) : RowGuard<T>.Holds(comparison, a.Value, b.Value);

    private static RowRecorder<T>? RowOf(Scalar<T> a, Scalar<T> b) => (a.Recording ?? b.Recording)?.Row;

    /// <summary>The value, as text of the invariant culture.</summary>
    public override string ToString() => Value.ToString(null, CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Scalar<T> Mixed<TOp>(Scalar<T> a, Scalar<T> b) where TOp : struct, IBinary<TOp>
    {
        if (a.Recording is { } ra)
        {
            if (b.Recording is not null) throw new InvalidOperationException($"{TOp.Name}: the operands are of two tapes; needs operands of one tape.");
            return new(ra, ScalarStep<Binary<TOp>, ConstantRight, T>.PushConstant(ra, ra.Slot(a.Bits, TOp.Name), Constants.Decode<T>(b.Bits, TOp.Name)));
        }

        T left = Constants.Decode<T>(a.Bits, TOp.Name);
        if (b.Recording is not { } rb) return TOp.Primal(new One<T>(left), new One<T>(Constants.Decode<T>(b.Bits, TOp.Name))).Value;
        return new(rb, ScalarStep<Binary<TOp>, ConstantLeft, T>.PushConstant(rb, rb.Slot(b.Bits, TOp.Name), left));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Scalar<T> MixedAdd(Scalar<T> a, Scalar<T> b)
    {
        // sums and products commute, bit for bit: the constant goes to the right
        if (a.Recording is null) (a, b) = (b, a);
        return a.Recording is { } r && b.Recording is null ? new(r, r.AddConstant(a.Bits, Constants.Decode<T>(b.Bits, "Add"))) : Mixed<Add>(a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Scalar<T> MixedSubtract(Scalar<T> a, Scalar<T> b)
    {
        if (a.Recording is { } ra && b.Recording is null) return new(ra, ra.AddConstant(a.Bits, -Constants.Decode<T>(b.Bits, "Subtract")));
        return a.Recording is null && b.Recording is { } rb ? new(rb, rb.SubtractFrom(Constants.Decode<T>(a.Bits, "Subtract"), b.Bits)) : Mixed<Subtract>(a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Scalar<T> MixedMultiply(Scalar<T> a, Scalar<T> b)
    {
        if (a.Recording is null) (a, b) = (b, a);
        return a.Recording is { } r && b.Recording is null ? new(r, r.MultiplyConstant(a.Bits, Constants.Decode<T>(b.Bits, "Multiply"))) : Mixed<Multiply>(a, b);
    }
}
