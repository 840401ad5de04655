using System.Numerics;

namespace Autodiff;

/// <summary>What the recurrent cells share: their check, and x·Wᵀ + b.</summary>
internal static class RecurrentGates
{
    /// <summary>Refuses what does not fit a cell of so many gates; else the length of its state.</summary>
    public static int Check<T>(string op, int gates, Variable<T> x, Variable<T> h, Variable<T> wx, Variable<T> wh, Variable<T> bx, Variable<T> bh)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape sx = x.Shape, sh = h.Shape;
        int state = sh.Rank == 2 ? sh[1] : 0, rows = gates * state;
        if (sx.Rank != 2 || sh.Rank != 2 || sx[0] != sh[0] || wx.Shape != [rows, sx[1]] || wh.Shape != [rows, state] || bx.Shape != [rows] || bh.Shape != [rows])
        {
            string k = gates == 1 ? "m" : $"{gates}m";
            throw new ShapeException($"{op}: x is {sx}, h is {sh}, the input's weight {wx.Shape}, the state's {wh.Shape}, the biases {bx.Shape} and {bh.Shape}; "
                + $"needs x: [batch, n], h: [batch, m], weights: [{k}, n] and [{k}, m], biases: [{k}].");
        }

        return state;
    }

    /// <summary>x·Wᵀ + b.</summary>
    public static Variable<T> Linear<T>(Variable<T> x, Variable<T> weight, Variable<T> bias) where T : unmanaged, IFloatingPointIeee754<T>
        => MatMul.Of(x, weight, false, true) + bias;
}
