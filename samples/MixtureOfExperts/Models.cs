using Autodiff;

/// <summary>Turns examples [n, features] into scores [n, classes]: logarithms of probabilities, up to a constant for each example.</summary>
internal interface IClassifier
{
    Parameter<float>[] Parameters { get; }

    Variable<float> Scores(Tape<float> tape, Variable<float> x);
}

/// <summary>The gater turns its input into weights w; every expert gives probabilities p of the classes; they are mixed.</summary>
internal sealed class Mixture(int experts, Random random) : IClassifier
{
    private readonly Affine _gater = new(Vowel.Features, experts, random), _experts = new(Vowel.Features, experts * Vowel.Classes, random);

    public Parameter<float>[] Parameters => experts == 1 ? _experts.Parameters : [.. _gater.Parameters, .. _experts.Parameters];

    /// <summary>w = softmax(gater(z)), [n, experts].</summary>
    public Variable<float> Weights(Tape<float> tape, Variable<float> z) => _gater.Of(tape, z).Softmax(axis: 1);

    /// <summary>S = Σₖ wₖ·pₖ, with the same input for the gater and every expert.</summary>
    public Variable<float> Scores(Tape<float> tape, Variable<float> x)
    {
        int n = x.Shape[0];
        Variable<float> w = Weights(tape, x).Reshape([n, experts, 1]);
        Variable<float> p = _experts.Of(tape, x).Reshape([n, experts, Vowel.Classes]).Softmax(axis: 2);
        return (w * p).Sum(axis: 1).Log();
    }
}

/// <summary>One network for all inputs: tanh units and a linear layer.</summary>
internal sealed class Network(int units, Random random) : IClassifier
{
    private readonly Affine _hidden = new(Vowel.Features, units, random), _output = new(units, Vowel.Classes, random);

    public Parameter<float>[] Parameters => [.. _hidden.Parameters, .. _output.Parameters];

    public Variable<float> Scores(Tape<float> tape, Variable<float> x) => _output.Of(tape, _hidden.Of(tape, x).Tanh());
}

/// <summary>x·W + b.</summary>
internal sealed class Affine(int inputs, int outputs, Random random)
{
    private readonly Parameter<float> _weights = new(Initial.Uniform(inputs * outputs, inputs, random), [inputs, outputs], "weights");
    private readonly Parameter<float> _bias = new([outputs], "bias");

    public Parameter<float>[] Parameters => [_weights, _bias];

    public Variable<float> Of(Tape<float> tape, Variable<float> x) => x.MatMul(tape.Variable(_weights)) + tape.Variable(_bias);
}
