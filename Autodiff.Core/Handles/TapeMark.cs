namespace Autodiff;

/// <summary>A place in a recording, to go back to with <see cref="Tape{T}.Rewind"/>. It stays good until the tape goes back behind it.</summary>
public readonly struct TapeMark
{
    internal TapeMark(object recording, int generation, int steps, int nodes, int attributes, int sweeps, int parameters, (int, long) memory)
        => (Recording, Generation, Steps, Nodes, Attributes, Sweeps, Parameters, Memory) = (recording, generation, steps, nodes, attributes, sweeps, parameters, memory);

    internal object? Recording { get; }

    internal int Generation { get; }

    internal int Steps { get; }

    internal int Nodes { get; }

    internal int Attributes { get; }

    internal int Sweeps { get; }

    internal int Parameters { get; }

    internal (int Chunk, long Offset) Memory { get; }
}
