namespace Autodiff;

/// <summary>How a gradient check is made.</summary>
public sealed record GradCheckOptions
{
    /// <summary>What is checked, for messages.</summary>
    public string Name { get; init; } = "function";

    /// <summary>Where inputs, cotangents and directions are drawn from; the same seed gives the same check.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>1: gradients only; 2: second derivatives, too.</summary>
    public int Orders { get; init; } = 2;

    /// <summary>
    /// The relative error that the derivative itself is allowed, beside the estimated error of the differences; 10⁻¹⁰ for double and 5·10⁻⁵ for float
    /// (some 400 units in the last place) if left out.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>Up to this many inputs, and as many outputs, every element of the Jacobian is checked.</summary>
    public int MaxJacobian { get; init; } = 200;
}
