using System.Numerics;

namespace Autodiff;

/// <summary>What the recurrent cells share: their check, and x·Wᵀ + b.</summary>
internal static class RecurrentGates
{
    /// <summary>Refuses what does not fit a cell of so many gates; else the length of its state.</summary>
    public static int Check<T>(string op, int gates, Variable<T> x, Variable<T> h, Variable<T> wx, Variable<T> wh, Variable<T>? bx, Variable<T>? bh)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sx = x.Shape, sh = h.Shape;
        int state = sh.Rank > 0 ? sh[-1] : 0, rows = gates * state;
        bool isBatch = sx.Rank == 2 && sh.Rank == 2 && sx[0] == sh[0], isOne = sx.Rank == 1 && sh.Rank == 1;
        if (!(isBatch || isOne) || wx.Shape != [rows, sx[-1]] || wh.Shape != [rows, state] || (bx is { } b && b.Shape != [rows]) || (bh is { } c && c.Shape != [rows]))
        {
            string k = gates == 1 ? "m" : $"{gates}m";
            throw new ShapeException($"{op}: x is {sx}, h is {sh}, the input's weight {wx.Shape}, the state's {wh.Shape}, the biases {(bx is { } p ? p.Shape : "none")} and {(bh is { } q ? q.Shape : "none")}; "
                + $"needs x: [batch, n], h: [batch, m] (or both without batch), weights: [{k}, n] and [{k}, m], biases: [{k}].");
        }

        return state;
    }

    /// <summary>x·Wᵀ + b.</summary>
    public static Variable<T> Linear<T>(Variable<T> x, Variable<T> weight, Variable<T>? bias) where T : unmanaged, IFloatingPointIeee754<T>
        => Autodiff.Linear.Of("Linear", x, weight, bias);
}
