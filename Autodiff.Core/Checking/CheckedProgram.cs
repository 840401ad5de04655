using System.Numerics;

namespace Autodiff;

/// <summary>A function under check: its values, its vector–Jacobian products by the plain sweep, and their derivative by the recorded one.</summary>
internal sealed class CheckedProgram<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Tape<T> tape = new();
    private readonly Func<Variable<T>[], Variable<T>> function;
    private readonly Input<T>[] inputs;
    private readonly Variable<T>[] x;

    public CheckedProgram(Func<Variable<T>[], Variable<T>> function, Input<T>[] inputs)
    {
        (this.function, this.inputs, x) = (function, inputs, new Variable<T>[inputs.Length]);
        Starts = new int[inputs.Length + 1];
        for (int k = 0; k < inputs.Length; k++) Starts[k + 1] = Starts[k] + inputs[k].Shape.Size;
        Point = new T[Starts[^1]];
        for (int k = 0; k < inputs.Length; k++) inputs[k].Values.CopyTo(Point.AsSpan(Starts[k]));
    }

    /// <summary>All inputs, one after the other.</summary>
    public T[] Point { get; }

    /// <summary>Where each input begins.</summary>
    public int[] Starts { get; }

    public Shape OutputShape { get; private set; }

    /// <summary>f at a point.</summary>
    public T[] Value(T[] point)
    {
        Variable<T> y = Record(point);
        return y.IsConstant ? throw new InvalidOperationException("GradCheck: the function gave a plain number; needs a function of its inputs.") : y.Values.ToArray();
    }

    /// <summary>Jᵀ·u at a point, by the plain sweep.</summary>
    public T[] Pull(T[] point, T[] u)
    {
        Variable<T> y = Record(point);
        Gradients<T> g = tape.Backward(y, u);
        T[] result = new T[point.Length];
        for (int k = 0; k < x.Length; k++) g[x[k]].CopyTo(result.AsSpan(Starts[k]));
        return result;
    }

    /// <summary>Jᵀ·u by the recorded sweep, and the gradient of ⟨w, Jᵀ·u⟩.</summary>
    public (T[] Pulled, T[] Second) PullTwice(T[] u, T[] w)
    {
        Variable<T> y = Record(Point);
        Variable<T>[] pulled = tape.Gradient(y, x, tape.Constant(u, y.Shape));
        T[] first = new T[Point.Length], second = new T[Point.Length];
        Variable<T> sum = T.Zero;
        for (int k = 0; k < x.Length; k++)
        {
            pulled[k].Values.CopyTo(first.AsSpan(Starts[k]));
            Variable<T> weights = tape.Constant(w.AsSpan(Starts[k], inputs[k].Shape.Size), inputs[k].Shape);
            sum += SumTo.Of(weights * pulled[k], []);
        }

        if (sum.IsConstant) return (first, second);
        Gradients<T> g = tape.Backward(sum);
        for (int k = 0; k < x.Length; k++) g[x[k]].CopyTo(second.AsSpan(Starts[k]));
        return (first, second);
    }

    public void Dispose() => tape.Dispose();

    private Variable<T> Record(T[] point)
    {
        tape.Reset();
        for (int k = 0; k < x.Length; k++) x[k] = tape.Variable(point.AsSpan(Starts[k], inputs[k].Shape.Size), inputs[k].Shape);
        Variable<T> y = function(x);
        OutputShape = y.Shape;
        return y;
    }
}
