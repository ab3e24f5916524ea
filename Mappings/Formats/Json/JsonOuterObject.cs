namespace Mappings.Formats.Json;

/// <summary>An object around the array of records: where it opens, and the member names met so far with their places.</summary>
internal sealed class JsonOuterObject(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    public Dictionary<string, (int Line, int Column)> Names { get; } = new(StringComparer.Ordinal);
}
