using System.Numerics;

namespace Autodiff.Tests;

// Ops with one planted mistake each. They are not in the catalogue; the checker has to find every one.

/// <summary>tanh with a derivative that is 0.1 % too large.</summary>
internal readonly struct OffByAThousandth : IUnary<OffByAThousandth>
{
    public static Saved Saves => Saved.Output;

    public static Domain Domain => Domain.Reals;

    public static R Primal<R>(R x) where R : struct, ILane<R> => Tanh.Primal(x);

    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => R.Of(1.001) * (R.Of(1) - (y * y));
}

/// <summary>a − b with the derivative of a + b.</summary>
internal readonly struct FlippedSign : IBinary<FlippedSign>
{
    public static Saved Saves => Saved.Nothing;

    public static (Domain A, Domain B) Domain => (Autodiff.Domain.Reals, Autodiff.Domain.Reals);

    public static R Primal<R>(R a, R b) where R : struct, ILane<R> => a - b;

    public static R PartialA<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(1);

    public static R PartialB<R>(R a, R b, R y) where R : struct, IReal<R> => R.Of(1);
}

/// <summary>The right derivative, but it reads the result, which it does not declare.</summary>
internal readonly struct UndeclaredOutput : IUnary<UndeclaredOutput>
{
    public static Saved Saves => Saved.Nothing;

    public static Domain Domain => Domain.Reals;

    public static R Primal<R>(R x) where R : struct, ILane<R> => Exp.Primal(x);

    public static R Partial<R>(R x, R y) where R : struct, IReal<R> => y;
}

/// <summary>The mistakes of <see cref="Faulty"/>.</summary>
internal enum Fault
{
    /// <summary>None: the op passes.</summary>
    None,

    /// <summary>y = a·b + a: only the last contribution to ā arrives, as if it had been assigned.</summary>
    Assigns,

    /// <summary>b̄ is left out.</summary>
    DropsOperand,

    /// <summary>The rule is right in the plain sweep, but not differentiable as it is written: it reads numbers instead of variables.</summary>
    Constant,

    /// <summary>The cotangent is shifted: not linear.</summary>
    Affine,
}

/// <summary>y = a·b + a, element by element, with a fault.</summary>
internal readonly record struct Faulty(Fault Fault) : IOperation<Faulty>
{
    public static Saved Saves => Saved.Inputs;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < step.Output.Length; i++) step.Output[i] = (step[0][i] * step[1][i]) + step[0][i];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Variable<T> yBar = Fault == Fault.Affine ? step.Cotangent + T.CreateTruncating(1e-3) : step.Cotangent;
        if (Fault != Fault.Assigns) step.Accumulate(0, yBar * step[1]);
        step.Accumulate(0, yBar);
        if (Fault != Fault.DropsOperand) step.Accumulate(1, yBar * (Fault == Fault.Constant ? step[0].Values[0] : step[0]));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Cases<T>(Fault.None);

    public static IEnumerable<Case<T>> Cases<T>(Fault fault) where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("pair", x => Variable<T>.Apply(new Faulty(fault), x[0], x[1]), Sample.Of(fault == Fault.Constant ? 1 : 4), Sample.Of(fault == Fault.Constant ? 1 : 4))];
}

/// <summary>Y = A·B for square matrices, with Ā = Ȳ·B in place of Ȳ·Bᵀ.</summary>
internal readonly record struct SwappedTranspose : IOperation<SwappedTranspose>
{
    public static Saved Saves => Saved.Inputs;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.OutputShape[0];
        step.Output.Clear();
        for (int i = 0; i < n * n * n; i++) step.Output[i / n] += step[0][(i / n / n * n) + (i % n)] * step[1][(i % n * n) + (i / n % n)];
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        step.Accumulate(0, MatMul.Of(step.Cotangent, step[1], false, false));
        step.Accumulate(1, MatMul.Of(step[0], step.Cotangent, true, false));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("square", x => Variable<T>.Apply(new SwappedTranspose(), x[0], x[1]), Sample.Of(3, 3), Sample.Of(3, 3))];
}

/// <summary>Maximum of neighbours; the cotangent is divided by the window (or goes to both), as seen in admired code.</summary>
internal readonly record struct MisscaledPool(bool ToBoth) : IOperation<MisscaledPool>
{
    public static Saved Saves => Saved.Inputs | Saved.Output;

    public Shape Shape(ReadOnlySpan<Shape> inputs) => [inputs[0][0] / 2];

    public void Forward<T>(ForwardStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < step.Output.Length; i++) step.Output[i] = T.Max(step[0][2 * i], step[0][(2 * i) + 1]);
    }

    public void Vjp<T>(VjpStep<T> step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = step.Shape(0)[0] / 2;
        Variable<T> x = step[0].Reshape([n, 2]), y = step.Output.Reshape([n, 1]), yBar = step.Cotangent.Reshape([n, 1]);
        Variable<T> taken = x.EqualTo(y);
        step.Accumulate(0, (ToBoth ? yBar * (taken + (T.One - taken)) : yBar * taken * T.CreateTruncating(0.5)).Reshape([2 * n]));
    }

    public static IEnumerable<Case<T>> Cases<T>() where T : unmanaged, IFloatingPointIeee754<T> => Cases<T>(false);

    public static IEnumerable<Case<T>> Cases<T>(bool toBoth) where T : unmanaged, IFloatingPointIeee754<T> =>
        [new("pairs", x => Variable<T>.Apply(new MisscaledPool(toBoth), x[0]), Sample.Of(6)) { Selects = true, Spacing = 0.3 }];
}
