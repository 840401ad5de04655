using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Autodiff.Tests.Oracle;

/// <summary>A tensor of the files, in double.</summary>
internal sealed record OracleTensor(int[] Shape, double[] Data)
{
    public int[] Integers => [.. Data.Select(x => (int)x)];

    public static OracleTensor? Read(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : new(
        [.. json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())],
        [.. json.GetProperty("data").EnumerateArray().Select(Number)]);

    // NaN and the infinities are strings; booleans are 0 and 1
    private static double Number(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.String => double.Parse(e.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => e.GetDouble(),
    };
}

/// <summary>One case of the files.</summary>
public sealed class OracleCase
{
    private readonly JsonElement json;

    private OracleCase(JsonElement json)
    {
        this.json = json;
        (Id, Op) = (json.GetProperty("id").GetString()!, json.GetProperty("op").GetString()!);
        Inputs = [.. json.GetProperty("inputs").EnumerateArray().Select(e => OracleTensor.Read(e)!)];
        Output = OracleTensor.Read(json.GetProperty("output"))!;
        Cotangent = OracleTensor.Read(json.GetProperty("cotangent"))!;
        Gradients = Tensors("gradients");
        Directions = Tensors("directions");
        SecondOrder = Tensors("secondOrder");
    }

    public static IReadOnlyList<OracleCase> All { get; } = [.. Load()];

    public string Id { get; }

    public string Op { get; }

    internal OracleTensor[] Inputs { get; }

    internal OracleTensor Output { get; }

    internal OracleTensor Cotangent { get; }

    /// <summary>By input; null where the input carries none.</summary>
    internal OracleTensor?[] Gradients { get; }

    internal OracleTensor?[] Directions { get; }

    internal OracleTensor?[] SecondOrder { get; }

    internal bool HasSecondOrder => SecondOrder.Length > 0;

    /// <summary>Whether the op is differentiated by this input here: the target of a loss stands as a constant, as it did when the files were made.</summary>
    internal bool Wants(int input) => Gradients[input] is not null && !(Op == "binary_cross_entropy_with_logits" && input == 1);

    internal int Integer(string attribute) => json.GetProperty("attributes").GetProperty(attribute).GetInt32();

    internal double Number(string attribute) => json.GetProperty("attributes").GetProperty(attribute).GetDouble();

    internal string Text(string attribute) => json.GetProperty("attributes").GetProperty(attribute).GetString()!;

    internal bool Flag(string attribute) => json.GetProperty("attributes").GetProperty(attribute).GetBoolean();

    internal int[] Integers(string attribute) => [.. json.GetProperty("attributes").GetProperty(attribute).EnumerateArray().Select(e => e.GetInt32())];

    internal bool Has(string attribute) => json.GetProperty("attributes").TryGetProperty(attribute, out _);

    public override string ToString() => Id;

    private static IEnumerable<OracleCase> Load()
    {
        Assembly assembly = typeof(OracleCase).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Oracle.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            foreach (JsonElement e in JsonDocument.Parse(stream).RootElement.EnumerateArray()) yield return new(e.Clone());
        }
    }

    private OracleTensor?[] Tensors(string property)
        => json.TryGetProperty(property, out JsonElement list) ? [.. list.EnumerateArray().Select(OracleTensor.Read)] : [];
}
