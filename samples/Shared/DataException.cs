namespace Autodiff.Samples;

/// <summary>A data file that is missing or cannot be read; the message is one line that says where, what came and what is needed.</summary>
public sealed class DataException : Exception
{
    public DataException(string message) : base(message) { }

    public DataException(string message, Exception inner) : base(message, inner) { }

    /// <param name="file">Name of the file, without its folder.</param>
    /// <param name="line">Line in the file, from 1.</param>
    /// <param name="came">What stands there, with the column where one is at fault.</param>
    /// <param name="needs">What must stand there.</param>
    public DataException(string file, int line, string came, string needs) : base($"{file}, line {line}: {came}; needs {needs}") { }
}
