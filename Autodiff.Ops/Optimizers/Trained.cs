using System.Globalization;
using System.Numerics;

namespace Autodiff;

/// <summary>What the optimizers share: the parameters they change, room for what they remember of each, and the checks.</summary>
internal static class Trained
{
    /// <summary>The parameters as an array of its own.</summary>
    /// <exception cref="ArgumentException">There is none, or one comes twice: it would be changed twice in a step.</exception>
    public static Parameter<T>[] List<T>(string optimizer, IEnumerable<Parameter<T>> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameter<T>[] list = [.. parameters];
        if (list.Length == 0) throw new ArgumentException($"{optimizer}: no parameter came; needs at least one.", nameof(parameters));
        var seen = new HashSet<Parameter<T>>();
        foreach (Parameter<T> p in list)
        {
            ArgumentNullException.ThrowIfNull(p, nameof(parameters));
            if (!seen.Add(p)) throw new ArgumentException($"{optimizer}: the parameter {p} comes twice; needs each once.", nameof(parameters));
        }

        return list;
    }

    /// <summary>Zeros of the parameters' sizes.</summary>
    public static T[][] Zeros<T>(Parameter<T>[] parameters) where T : unmanaged, IFloatingPointIeee754<T>
        => Array.ConvertAll(parameters, p => new T[p.Size]);

    /// <summary>Asks for every gradient once, so that a missing one is found before any parameter has changed.</summary>
    public static void Check<T>(Parameter<T>[] parameters, Gradients<T> gradients) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Parameter<T> p in parameters) _ = gradients[p];
    }

    /// <summary>A finite number, 0 or more.</summary>
    public static double NotNegative(string optimizer, string name, double value)
        => value >= 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{optimizer}: {name} is {value}; needs a finite number, 0 or more."));

    /// <summary>A number in [0, 1).</summary>
    public static double Fraction(string optimizer, string name, double value)
        => value is >= 0 and < 1 ? value
            : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{optimizer}: {name} is {value}; needs a number from 0 up to, not including, 1."));
}
