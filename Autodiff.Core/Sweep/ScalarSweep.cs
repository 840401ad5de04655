using System.Numerics;

namespace Autodiff;

/// <summary>
/// The reverse sweep over scalar steps. Consecutive products often add to one and the same adjoint, each waiting for the one before: the adjoint
/// that a product added to last stays in a register.
/// </summary>
internal static unsafe class ScalarSweep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Pulls the scalar steps from a slot down to the next step that concerns a tensor, and returns that one's slot, or one below the last.</summary>
    /// <param name="r">The recording.</param>
    /// <param name="adjoints">The adjoints of all slots.</param>
    /// <param name="spare">The index of a cell behind them.</param>
    /// <param name="slot">Where to begin.</param>
    /// <param name="to">The last slot.</param>
    public static int Run(Recording<T> r, T* adjoints, int spare, int slot, int to)
    {
        Code* codes = r.Codes;
        T* values = r.Values;
        byte* attributes = r.Attributes.Start;
        delegate*<Code*, T*, T*, byte*, int, void>[] pulls = ScalarTable<T>.Pulls;
        int hot = spare;
        T hotBar = T.Zero;
        for (; slot >= to; slot--)
        {
            if (slot == hot) adjoints[hot] = hotBar;
            T w = adjoints[slot];
            Code* s = codes + slot;
            int op = s->Op;
            if (w == T.Zero && op != Opcode.Tensor) continue;
            int a = s->A, b = s->B;
            switch (op)
            {
                case Opcode.MultiplyAdd or Opcode.FusedMultiplyAdd:
                    int c = s->C;
                    if (c == hot) hotBar += w;
                    else adjoints[c] += w;
                    if (b != hot)
                    {
                        adjoints[hot] = hotBar;
                        hot = b;
                        hotBar = adjoints[b];
                    }

                    if (a == hot) hotBar += w * values[b];
                    else adjoints[a] += w * values[b];
                    hotBar += w * values[a];
                    break;
                case Opcode.MultiplySubtract:
                    c = s->C;
                    if (c == hot) hotBar += w;
                    else adjoints[c] += w;
                    if (b != hot)
                    {
                        adjoints[hot] = hotBar;
                        hot = b;
                        hotBar = adjoints[b];
                    }

                    if (a == hot) hotBar += -w * values[b];
                    else adjoints[a] += -w * values[b];
                    hotBar += -w * values[a];
                    break;
                case Opcode.Multiply:
                    if (b != hot)
                    {
                        adjoints[hot] = hotBar;
                        hot = b;
                        hotBar = adjoints[b];
                    }

                    if (a == hot) hotBar += w * values[b];
                    else adjoints[a] += w * values[b];
                    hotBar += w * values[a];
                    break;
                case Opcode.Add:
                    if (a == hot) hotBar += w;
                    else adjoints[a] += w;
                    if (b == hot) hotBar += w;
                    else adjoints[b] += w;
                    break;
                case Opcode.Subtract:
                    if (a == hot) hotBar += w;
                    else adjoints[a] += w;
                    if (b == hot) hotBar -= w;
                    else adjoints[b] -= w;
                    break;
                case Opcode.AddConstant:
                    if (a == hot) hotBar += w;
                    else adjoints[a] += w;
                    break;
                case Opcode.SubtractFrom or Opcode.Negate:
                    if (a == hot) hotBar -= w;
                    else adjoints[a] -= w;
                    break;
                case Opcode.MultiplyConstant:
                    w *= Code.Constant<T>(*s);
                    if (a == hot) hotBar += w;
                    else adjoints[a] += w;
                    break;
                case Opcode.Leaf or Opcode.Constant:
                    break;
                case Opcode.Tensor:
                    adjoints[hot] = hotBar;
                    return slot;
                case Opcode.Element:
                    if (!r.Wanted(slot)) break;
                    adjoints[hot] = hotBar;
                    return slot;
                default:
                    adjoints[hot] = hotBar;
                    pulls[op](codes, values, adjoints, attributes, slot);
                    hotBar = adjoints[hot];
                    break;
            }
        }

        adjoints[hot] = hotBar;
        return to - 1;
    }
}
