using System.Numerics;

namespace Autodiff;

/// <summary>While a row function is recorded: what it may not do, and what stays of it.</summary>
internal sealed unsafe partial class Recording<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private RowFunctions<T>? rows;
    private int keptOfRow;

    /// <summary>The row function that is being recorded, or null.</summary>
    public RowRecorder<T>? Row { get; private set; }

    public RowFunctions<T> Rows => rows ??= new(this);

    public void BeginRow(RowRecorder<T> recorder, string name, int columns)
    {
        recorder.Begin(name, columns);
        (Row, keptOfRow) = (recorder, 0);
    }

    /// <summary>The first steps of the row function are those that stay; by their former places.</summary>
    public void KeepOfRow(RowRecorder<T> recorder, int[] kept)
    {
        keptOfRow = kept.Length;
        products.Move(recorder.Base, kept);
    }

    /// <summary>Drops what the row function recorded, but for what stays. Handles from inside are refused from now on.</summary>
    public void EndRow(RowRecorder<T> recorder)
    {
        Row = null;
        Truncate(recorder.Base + keptOfRow);
        BeginGeneration(recorder.Base, ofRow: true);
        Seal();
    }

    /// <summary>Refuses what cannot be done inside a row function.</summary>
    public void RequireNoRow(string op)
    {
        if (Row is { } row) throw new InvalidOperationException($"{op}: called inside a row function of {row.Name}; needs to be called before it or after it: inside there are scalars and their operations.");
    }
}
