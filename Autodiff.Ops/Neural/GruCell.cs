using System.Numerics;

namespace Autodiff;

/// <summary>
/// One step of a gated recurrent unit: r = σ(x·Wₓᵣᵀ + bₓᵣ + h·Wₕᵣᵀ + bₕᵣ), z likewise, c = tanh(x·Wₓ꜀ᵀ + bₓ꜀ + r·(h·Wₕ꜀ᵀ + bₕ꜀)), h' = (1 − z)·c + z·h.
/// </summary>
/// <remarks>
/// Shapes: x [batch, n], h [batch, m], Wₓ [3m, n], Wₕ [3m, m], both biases [3m], which may be left out, → [batch, m]; all of them also without
/// the batch. The rows of weights and biases are those of r (reset), z (update), c (new), in this order: formula, layout and order are
/// those of PyTorch's GRUCell, with the reset after the product. The gradients are those of the formulas.
/// Source: Cho et al., Learning Phrase Representations (2014).
/// </remarks>
public readonly struct GruCell : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a step", x => x[0].GruCell(x[1], x[2], x[3], x[4], x[5]), Sample.Of(2, 3), Sample.Of(2, 2), Sample.Of(6, 3), Sample.Of(6, 2), Sample.Of(6), Sample.Of(6))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.GruCell"/>
        /// <param name="state">h.</param>
        /// <param name="inputWeight">Wₓ.</param>
        /// <param name="stateWeight">Wₕ.</param>
        /// <param name="inputBias">bₓ; none if left out.</param>
        /// <param name="stateBias">bₕ; none if left out.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Variable<T> GruCell(Variable<T> state, Variable<T> inputWeight, Variable<T> stateWeight, Variable<T>? inputBias = null, Variable<T>? stateBias = null)
        {
            int m = RecurrentGates.Check("GruCell", 3, x, state, inputWeight, stateWeight, inputBias, stateBias);
            Variable<T> a = RecurrentGates.Linear(x, inputWeight, inputBias), b = RecurrentGates.Linear(state, stateWeight, stateBias);
            Variable<T> gates = (a.Slice(-1, 0, 2 * m) + b.Slice(-1, 0, 2 * m)).Sigmoid();
            Variable<T> reset = gates.Slice(-1, 0, m), update = gates.Slice(-1, m, m);
            Variable<T> fresh = (a.Slice(-1, 2 * m, m) + (reset * b.Slice(-1, 2 * m, m))).Tanh();
            return fresh + (update * (state - fresh));
        }
    }
}
