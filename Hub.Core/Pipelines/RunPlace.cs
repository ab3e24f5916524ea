using System.Globalization;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Pipelines;

/// <summary>Where a record stands, for the findings of a run.</summary>
internal static class RunPlace
{
    /// <summary>What positions are relative to when the record was not cut out of a file.</summary>
    public const string Body = "body";

    /// <summary>The start of a record: <c>file:line:column</c> of its origin, or the body's first character.</summary>
    public static SourcePosition Of(MessageAttributes attributes)
    {
        var origin = attributes.Origin;
        if (string.IsNullOrEmpty(origin)) return new SourcePosition(Body, 1, 1);
        var file = Cut(origin, out var column);
        if (column == 0) return SourcePosition.WholeFile(origin);
        var name = Cut(file, out var line);
        return line == 0 ? new SourcePosition(file, column, 0) : new SourcePosition(name, line, column);
    }

    private static string Cut(string text, out int number)
    {
        var colon = text.LastIndexOf(':');
        number = 0;
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number)) return text;
        return text[..colon];
    }
}
