using System.Text;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Core.Ingress;

/// <summary>The records that a file has once, as JSON: made anew only when another of them was read.</summary>
internal sealed class FileRecords
{
    private int _members = -1;
    private string? _json;

    /// <returns>Null for a format without such records.</returns>
    public string? Json(IRecordReader reader)
    {
        if (reader.FileTape is not { } tape) return null;
        var members = tape.Count(tape.Root);
        if (members == _members) return _json;
        _members = members;
        return _json = Encoding.UTF8.GetString(TapeJson.ToArray(tape, tape.Root));
    }
}
