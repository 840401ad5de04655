using System.Numerics;

namespace Autodiff;

/// <summary>
/// Checks derivatives against differences: of whole functions, and of ops by the cases that they come with. No test framework is needed.
/// </summary>
/// <remarks>
/// What is checked: each element of the Jacobian if the function is small, the gradient of ⟨u, f⟩ along a random direction at any size, that the recorded
/// sweep gives the plain one's numbers, and the derivative of that gradient (second order). NaN and ∞ fail, so does a kink at the point: it is said to be one, with the slopes of
/// its two sides. Differences are five-point, at steps chosen by their own error estimate; a derivative fails that
/// lies further off than this error and the tolerance, or whose differences are too uncertain to say anything. In double some ten digits are verified, in float
/// some four: differences of float numbers cannot do better (ε^(4/5), see <see cref="GradCheckOptions.Tolerance"/>). Cost: some 20 evaluations for each number of the inputs.
/// </remarks>
public static class GradCheck
{
    /// <summary>Checks a function at the given inputs.</summary>
    public static GradCheckReport Run<T>(Func<Variable<T>[], Variable<T>> function, params Input<T>[] inputs) where T : unmanaged, IFloatingPointIeee754<T>
        => Run(function, inputs, new GradCheckOptions());

    /// <summary>Checks a function at the given inputs.</summary>
    public static GradCheckReport Run<T>(Func<Variable<T>[], Variable<T>> function, Input<T>[] inputs, GradCheckOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        return new Checker<T>(function, inputs, options).Run();
    }

    /// <summary>Checks a function at inputs drawn from samples.</summary>
    public static GradCheckReport Run<T>(Func<Variable<T>[], Variable<T>> function, params Sample[] samples) where T : unmanaged, IFloatingPointIeee754<T>
        => Run(function, samples, new GradCheckOptions());

    /// <summary>Checks a function at inputs drawn from samples, by the options' seed.</summary>
    public static GradCheckReport Run<T>(Func<Variable<T>[], Variable<T>> function, Sample[] samples, GradCheckOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        return Run(function, Input<T>.Draw(samples, 0, options.Seed), options);
    }

    /// <summary>Checks a function of scalars at the given numbers.</summary>
    public static GradCheckReport Run<T>(Func<Scalar<T>[], Scalar<T>> function, params T[] inputs) where T : unmanaged, IFloatingPointIeee754<T>
        => Run(function, inputs, new GradCheckOptions());

    /// <summary>Checks a function of scalars at the given numbers.</summary>
    public static GradCheckReport Run<T>(Func<Scalar<T>[], Scalar<T>> function, T[] inputs, GradCheckOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(x => function(Array.ConvertAll(x, v => v.AsScalar())), Array.ConvertAll(inputs, x => new Input<T>(x)), options);
    }

    /// <summary>Checks a case.</summary>
    public static GradCheckReport Run<T>(Case<T> @case, GradCheckOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(@case);
        options ??= new GradCheckOptions { Name = @case.Name };
        return Run(@case.Function, Input<T>.Draw(@case.Inputs, @case.Spacing, options.Seed), options);
    }

    /// <summary>Checks an elementwise op of one operand, on numbers and tensors drawn from its domain.</summary>
    public static GradCheckReport Unary<TOp, T>(GradCheckOptions? options = null)
        where TOp : struct, IUnary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
        => Run(TOp.Name, ElementwiseCases.Unary<TOp, T>(), options);

    /// <summary>Checks an elementwise op of two operands, on numbers, tensors and constants drawn from its domain, with broadcasting.</summary>
    public static GradCheckReport Binary<TOp, T>(GradCheckOptions? options = null)
        where TOp : struct, IBinary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
        => Run(TOp.Name, ElementwiseCases.Binary<TOp, T>(), options);

    /// <summary>Checks an elementwise op of three operands, on numbers, tensors and constants drawn from its domain, with broadcasting.</summary>
    public static GradCheckReport Ternary<TOp, T>(GradCheckOptions? options = null)
        where TOp : struct, ITernary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
        => Run(TOp.Name, ElementwiseCases.Ternary<TOp, T>(), options);

    /// <summary>Checks an op on whole tensors by its cases.</summary>
    public static GradCheckReport Operation<TOp, T>(GradCheckOptions? options = null)
        where TOp : unmanaged, IOperation<TOp> where T : unmanaged, IFloatingPointIeee754<T>
        => Run(TOp.Name, TOp.Cases<T>(), options);

    /// <summary>Checks an op made of others by its cases.</summary>
    public static GradCheckReport Composite<TOp, T>(GradCheckOptions? options = null)
        where TOp : IComposite where T : unmanaged, IFloatingPointIeee754<T>
        => Run(typeof(TOp).Name, TOp.Cases<T>(), options);

    private static GradCheckReport Run<T>(string name, IEnumerable<Case<T>> cases, GradCheckOptions? options) where T : unmanaged, IFloatingPointIeee754<T>
    {
        options ??= new GradCheckOptions();
        var reports = new List<GradCheckReport>();
        foreach (Case<T> @case in cases) reports.Add(Run(@case, options with { Name = $"{name}, {@case.Name}" }));
        return GradCheckReport.Of(name, reports);
    }
}
