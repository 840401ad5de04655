using System.Buffers;
using System.Numerics;

namespace Autodiff;

/// <summary>A tensor made of scalars, row-major: one step, however many.</summary>
/// <remarks>The cotangent of each scalar is the element of ȳ at its place. Constants may stand among them.</remarks>
/// <param name="Target">The shape.</param>
public readonly record struct FromScalars(Shape Target) : IOperation<FromScalars>
{
    /// <inheritdoc/>
    public static Saved Saves => Saved.Nothing;

    /// <inheritdoc/>
    public Shape Shape(ReadOnlySpan<Shape> inputs) => Target;

    /// <inheritdoc/>
    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> y = step.Output;
        for (int i = 0; i < y.Length; i++) y[i] = step[i][0];
    }

    /// <inheritdoc/>
    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Target.Rank == 0) step.Accumulate(0, step.Cotangent);
        else
            for (int i = 0; i < step.Count; i++)
                if (step.Wants(i)) step.Accumulate(i, step.Cotangent.At(i));
    }

    /// <inheritdoc/>
    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("elements of a vector", x => Variable.FromScalars([x[0][1] * x[0][0], x[0][1], T.One, x[0][1]], [2, 2]), Sample.Of(2)),
        new("numbers", x => Variable.FromScalars([x[0].AsScalar(), x[1].AsScalar() * x[0].AsScalar()], [2]), Sample.Of(), Sample.Of()),
        new("a number", x => Variable.FromScalars([x[0].AsScalar()], []), Sample.Of()),
    ];
}

public static partial class Variable
{
    /// <inheritdoc cref="Autodiff.FromScalars"/>
    /// <param name="scalars">The elements, row-major; at least one of them on a tape.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ShapeException">There are more or fewer scalars than the shape has elements.</exception>
    /// <exception cref="InvalidOperationException">None of them is on a tape.</exception>
    public static Variable<T> FromScalars<T>(ReadOnlySpan<Scalar<T>> scalars, ReadOnlySpan<int> shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Shape target = Shape.Create(shape);
        if (scalars.Length != target.Size) throw new ShapeException($"FromScalars: {scalars.Length} scalars came, the shape is {target}; needs {target.Size}.");
        Variable<T>[] rented = ArrayPool<Variable<T>>.Shared.Rent(scalars.Length);
        try
        {
            for (int i = 0; i < scalars.Length; i++) rented[i] = scalars[i];
            return Variable<T>.Apply(new FromScalars(target), rented.AsSpan(0, scalars.Length));
        }
        finally
        {
            // the handles hold on to their tape
            Array.Clear(rented, 0, scalars.Length);
            ArrayPool<Variable<T>>.Shared.Return(rented);
        }
    }
}
