using System.Numerics;

namespace Autodiff;

/// <summary>One step of a recurrent net: h' = tanh(x·Wₓᵀ + bₓ + h·Wₕᵀ + bₕ).</summary>
/// <remarks>
/// Shapes: x [batch, n], h [batch, m], Wₓ [m, n], Wₕ [m, m], both biases [m], which may be left out, → [batch, m]; all of them also without the
/// batch. Formula, layout and order are those of PyTorch's RNNCell. With g = h̄'·(1 − h'²): x̄ = g·Wₓ, h̄ = g·Wₕ, W̄ₓ = gᵀ·x, W̄ₕ = gᵀ·h, the biases' gradients the sum of g
/// over the batch. Source: Elman, Finding Structure in Time (1990).
/// </remarks>
public readonly struct RnnCell : IComposite
{
    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("a step", x => x[0].RnnCell(x[1], x[2], x[3], x[4], x[5]), Sample.Of(2, 3), Sample.Of(2, 2), Sample.Of(2, 3), Sample.Of(2, 2), Sample.Of(2), Sample.Of(2))];
}

public static partial class Variable
{
    extension<T>(Variable<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        /// <inheritdoc cref="Autodiff.RnnCell"/>
        /// <param name="state">h.</param>
        /// <param name="inputWeight">Wₓ.</param>
        /// <param name="stateWeight">Wₕ.</param>
        /// <param name="inputBias">bₓ; none if left out.</param>
        /// <param name="stateBias">bₕ; none if left out.</param>
        /// <exception cref="ShapeException">The shapes do not fit.</exception>
        public Variable<T> RnnCell(Variable<T> state, Variable<T> inputWeight, Variable<T> stateWeight, Variable<T>? inputBias = null, Variable<T>? stateBias = null)
        {
            RecurrentGates.Check("RnnCell", 1, x, state, inputWeight, stateWeight, inputBias, stateBias);
            return (RecurrentGates.Linear(x, inputWeight, inputBias) + RecurrentGates.Linear(state, stateWeight, stateBias)).Tanh();
        }
    }
}
