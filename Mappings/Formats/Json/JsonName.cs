namespace Mappings.Formats.Json;

/// <summary>A member name encoded once, with its quotes and colon, for writing many times.</summary>
public sealed class JsonName
{
    private readonly byte[] _encoded;

    /// <param name="name">The name, not escaped.</param>
    public JsonName(string name)
    {
        Name = name;
        using var output = new Utf8JsonOutput();
        output.Text(name);
        _encoded = [.. output.Written, (byte)':'];
    }

    public string Name { get; }

    /// <summary><c>"name":</c></summary>
    public ReadOnlySpan<byte> Encoded => _encoded;
}
