using System.Numerics;

namespace Autodiff;

/// <summary>Changes parameters so that what was swept becomes smaller: one call of <see cref="Step"/> after each sweep.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IOptimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The step length; may be set between steps (a schedule).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a negative number, an infinity or NaN.</exception>
    double LearningRate { get; set; }

    /// <summary>Changes every parameter, in place. Nothing is allocated.</summary>
    /// <param name="gradients">The result of a sweep of a tape that was asked for all of the parameters.</param>
    /// <exception cref="InvalidOperationException">A parameter is not on the tape, or the tape was reset; no parameter has changed.</exception>
    void Step(Gradients<T> gradients);
}
