using System.Numerics;

namespace Autodiff;

/// <summary>One step of a long short-term memory: [i, f, g, o] = x·Wₓᵀ + bₓ + h·Wₕᵀ + bₕ, c' = σ(f)·c + σ(i)·tanh(g), h' = σ(o)·tanh(c').</summary>
/// <remarks>
/// Shapes: x [batch, n], h and c [batch, m], Wₓ [4m, n], Wₕ [4m, m], both biases [4m], which may be left out, → h' and c' [batch, m]; all
/// of them also without the batch. The rows of weights and biases are those of i (input), f (forget), g (cell), o (output), in this order: formula,
/// layout and order are those of PyTorch's LSTMCell. The gradients are those of the formulas.
/// Source: Hochreiter and Schmidhuber, Long Short-Term Memory (1997), with the forget gate of Gers et al. (2000).
/// </remarks>
public readonly struct LstmCell : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("a step", Both, Sample.Of(2, 3), Sample.Of(2, 2), Sample.Of(2, 2), Sample.Of(8, 3), Sample.Of(8, 2), Sample.Of(8), Sample.Of(8)),
    ];

    private static Variable<T> Both<T>(Variable<T>[] x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Variable<T> h, Variable<T> c) = x[0].LstmCell(x[1], x[2], x[3], x[4], x[5], x[6]);
        return Variable.Concat([h, c], 1);
    }
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.LstmCell"/>
        /// <param name="state">h.</param>
        /// <param name="cell">c.</param>
        /// <param name="inputWeight">Wₓ.</param>
        /// <param name="stateWeight">Wₕ.</param>
        /// <param name="inputBias">bₓ; none if left out.</param>
        /// <param name="stateBias">bₕ; none if left out.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public (Variable<T> State, Variable<T> Cell) LstmCell(
            Variable<T> state, Variable<T> cell, Variable<T> inputWeight, Variable<T> stateWeight, Variable<T>? inputBias = null, Variable<T>? stateBias = null)
        {
            int m = RecurrentGates.Check("LstmCell", 4, x, state, inputWeight, stateWeight, inputBias, stateBias);
            if (cell.Shape != state.Shape) throw new ShapeException($"LstmCell: h is {state.Shape}, c is {cell.Shape}; needs equal shapes.");
            Variable<T> gates = RecurrentGates.Linear(x, inputWeight, inputBias) + RecurrentGates.Linear(state, stateWeight, stateBias);
            Variable<T> open = gates.Slice(-1, 0, 2 * m).Sigmoid(), g = gates.Slice(-1, 2 * m, m).Tanh(), o = gates.Slice(-1, 3 * m, m).Sigmoid();
            Variable<T> c = (open.Slice(-1, m, m) * cell) + (open.Slice(-1, 0, m) * g);
            return (o * c.Tanh(), c);
        }
    }
}
