using Mappings.Formats;
using Mappings.Formats.Encodings;

namespace Mappings.Mapping;

/// <summary>How to read a file of records for a mapping that stands on its own, as <c>hub map</c> and <c>hub test</c> do.</summary>
public static class RecordFormat
{
    /// <summary>What the mapping says of its source; an endpoint's further settings do not matter for one file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="file">Its name in positions.</param>
    public static FormatOptions Of(MappingSide source, ReadOnlySpan<byte> bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(source);
        var options = new FormatOptions { Reader = ReaderOptions.Default with { File = file }, Record = source.Record, AttributePrefix = source.Attributes ?? "_", Layout = source.ResolvedLayout, Namespaces = source.Namespaces, ReplaceBadBytes = source.ReplacesBadBytes };
        if (source.Format is { } format) options = options with { Format = Enum.Parse<MessageFormat>(format, ignoreCase: true) };
        if (source.Encoding is { } encoding && TextEncodings.TryGet(encoding, out var known)) options = options with { Encoding = known };
        // A mapping says nothing of how records come; an array of them is what samples and exports are.
        if (options is { Format: MessageFormat.Json, Record: null } && bytes.TrimStart(" \t\r\n"u8) is [(byte)'[', ..]) options = options with { Record = "[]" };
        return options;
    }
}
