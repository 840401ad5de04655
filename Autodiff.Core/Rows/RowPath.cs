namespace Autodiff;

/// <summary>A program and the rows that take its path: where their list begins, or −1 for all rows, and how many they are.</summary>
internal readonly record struct RowPath(int Program, int List, int Rows);

/// <summary>The attributes of a step over rows: the paths, three integers each; the shape of the data; whether it is a sum, or one result a row.</summary>
internal readonly record struct RowsStep(IntegerList Paths, int Rows, int Columns, bool IsSum)
{
    public int PathCount => Paths.Count / 3;

    /// <summary>A path; its list is a place among the attributes.</summary>
    public RowPath Path(in Attributes attributes, int index)
    {
        Span<int> three = attributes.Integers(Paths.Start + (3 * index * sizeof(int)), 3);
        return new(three[0], three[1], three[2]);
    }
}
