using System.Globalization;
using System.Numerics;
using System.Text;

namespace Autodiff;

/// <summary>A recording as text.</summary>
internal static class Listing
{
    public static string Of<T>(Recording<T> r) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var text = new StringBuilder();
        for (int slot = 0; slot < r.Count; slot++)
        {
            Code code = r.CodeAt(slot);
            text.Append(CultureInfo.InvariantCulture, $"{slot,6}  {r.Name(slot)}(");
            switch (code.Op)
            {
                case Opcode.Leaf or Opcode.Constant: break;
                case Opcode.Element: text.Append(CultureInfo.InvariantCulture, $"{code.A}, at {code.B}"); break;
                case Opcode.Tensor: text.AppendJoin(", ", r.Operands(r.Nodes[code.A]).ToArray()); break;
                default:
                    text.AppendJoin(", ", ScalarTable<T>.Rules[code.Op].Slots(r, slot).ToArray());
                    break;
            }

            text.Append(')');
            if (r.IsTensor(slot) && r.Nodes[code.A].Rule != 0) text.Append(' ').Append(RuleTable<T>.Rules[r.Nodes[code.A].Rule].Describe(r, code.A));
            text.Append(": ").Append(r.Shape(slot)).AppendLine();
        }

        return text.ToString();
    }
}
