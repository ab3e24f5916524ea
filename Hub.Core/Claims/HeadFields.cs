using System.Text.Json;

namespace Hub.Core.Claims;

/// <summary>Single values found in the first bytes of a JSON document, by their paths. What stands behind those bytes or inside a list is not found.</summary>
internal sealed class HeadFields
{
    private readonly OrderedDictionary<string, HeadFields> _members = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, HeadFields> Members => _members;

    /// <summary>The value as JSON; null for an object.</summary>
    public byte[]? Value { get; private init; }

    /// <param name="head">May end anywhere.</param>
    /// <param name="paths">Member names with dots between them.</param>
    public static HeadFields Pick(ReadOnlySpan<byte> head, IReadOnlyList<string> paths)
    {
        var found = new HeadFields();
        var wanted = paths.ToHashSet(StringComparer.Ordinal);
        var names = new List<string>();
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        var reader = new Utf8JsonReader(head, isFinalBlock: false, state: default);
        try
        {
            while (wanted.Count > 0 && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    names.RemoveRange(reader.CurrentDepth - 1, names.Count - reader.CurrentDepth + 1);
                    names.Add(reader.GetString()!);
                }
                else if (reader.TokenType == JsonTokenType.StartArray)
                {
                    if (!reader.TrySkip()) break;
                }
                else if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject) && wanted.Remove(string.Join('.', names)))
                {
                    var start = (int)reader.TokenStartIndex;
                    found.Add(names, head[start..(int)reader.BytesConsumed].ToArray());
                }
            }
        }
        catch (JsonException)
        {
            // No JSON from here on: what was found before stands, and the payload goes on as it is.
            return found;
        }

        return found;
    }

    private void Add(List<string> path, byte[] value)
    {
        var at = this;
        foreach (var name in path[..^1])
        {
            if (!at._members.TryGetValue(name, out var next)) at._members.Add(name, next = new HeadFields());
            at = next;
        }

        at._members[path[^1]] = new HeadFields { Value = value };
    }
}
