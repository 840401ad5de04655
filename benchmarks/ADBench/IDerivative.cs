namespace Autodiff.Benchmarks;

/// <summary>One way to a gradient or Jacobian of an objective; ways to the same derivative can be compared and timed against each other.</summary>
internal interface IDerivative : IDisposable
{
    /// <summary>The objective of the last run; where it is a vector, the sum of its elements.</summary>
    double Value { get; }

    /// <summary>The gradient of the last run in the order of the parameters, or the Jacobian, row-major.</summary>
    ReadOnlySpan<double> Result { get; }

    /// <summary>Records, sweeps and reads the derivative, from nothing.</summary>
    void Run();
}
