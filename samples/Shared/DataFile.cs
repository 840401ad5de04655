using System.Globalization;
using Sylvan.Data.Csv;

namespace Autodiff.Samples;

/// <summary>A CSV file whose every fault is told with line and column.</summary>
internal sealed class DataFile : IDisposable
{
    private readonly CsvDataReader _csv;
    private readonly string[] _columns;

    private DataFile(string name, CsvDataReader csv, string[] columns) => (Name, _csv, _columns) = (name, csv, columns);

    public string Name { get; }

    /// <summary>Line of the current row, from 1; none of our files has a line break inside a cell.</summary>
    public int Line { get; private set; } = 1;

    /// <param name="folder">Folder of the data; null: the one that was copied beside the program.</param>
    /// <param name="name">Path of the file inside the folder.</param>
    public static string Find(string? folder, string name)
    {
        folder ??= Path.Combine(AppContext.BaseDirectory, "data");
        string path = Path.Combine(folder, name);
        return File.Exists(path)
            ? path
            : throw new DataException($"{name}: not in the folder {Path.GetFullPath(folder)}; needs the files of samples/data");
    }

    public static DataFile Open(string? folder, string name, params string[] columns)
    {
        string path = Find(folder, name);
        try
        {
            var csv = CsvDataReader.Create(path, new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture, Delimiter = ',' });
            var file = new DataFile(name, csv, columns);
            string[] header = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetName)];
            if (header.SequenceEqual(columns)) return file;
            file.Dispose();
            throw new DataException(name, 1, $"the columns {Brief(header)}", Brief(columns));
        }
        catch (Exception e) when (e is CsvMissingHeadersException or CsvFormatException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{name}: cannot be read ({e.Message})", e);
        }
    }

    /// <summary>Steps to the next row; at the end of the file checks the number of rows.</summary>
    public bool Read(int rows)
    {
        // Counted here: the reader's own RowNumber is -1 after the last row.
        Line++;
        try
        {
            if (!_csv.Read())
            {
                if (Line - 2 < rows) throw Fault($"the end of the file after {Line - 2} rows", $"{rows} rows");
                return false;
            }
        }
        catch (CsvFormatException e)
        {
            throw Fault(e.Message, "comma-separated cells");
        }
        if (_csv.RowFieldCount != _columns.Length) throw Fault($"{_csv.RowFieldCount} columns", $"{_columns.Length}");
        if (Line - 1 > rows) throw Fault("a row more", $"{rows} rows");
        return true;
    }

    public string Text(int column) => _csv.GetString(column);

    public double Number(int column) =>
        double.TryParse(_csv.GetFieldSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double x) && double.IsFinite(x)
            ? x
            : throw CellFault(column, "a number");

    /// <summary>A whole number from 0 to <paramref name="most"/>.</summary>
    public int Integer(int column, int most) =>
        int.TryParse(_csv.GetFieldSpan(column), NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i <= most
            ? i
            : throw CellFault(column, $"a whole number from 0 to {most}");

    /// <summary>Which of the words stands in the cell; case counts.</summary>
    public int OneOf(int column, string[] words)
    {
        int i = Array.IndexOf(words, Text(column));
        return i >= 0 ? i : throw CellFault(column, "one of " + string.Join(", ", words));
    }

    public DataException Fault(string came, string needs) => new(Name, Line, came, needs);

    public void Dispose() => _csv.Dispose();

    private DataException CellFault(int column, string needs) =>
        Fault($"'{Text(column)}' at column {column + 1} ({_columns[column]})", needs);

    private static string Brief(string[] names) =>
        names.Length <= 12 ? string.Join(",", names) : $"{names[0]},{names[1]}…{names[^1]} ({names.Length})";
}
