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
        var file = Split(origin, out var line, out var column);
        return new SourcePosition(file.Length == origin.Length ? origin : file.ToString(), line, column);
    }

    /// <summary>Line and column of an origin, both at least 1; false when it names no line.</summary>
    public static bool TryStart(string? origin, out int line, out int column)
    {
        (line, column) = (0, 0);
        if (origin is not null) Split(origin, out line, out column);
        column = Math.Max(1, column);
        return line > 0;
    }

    private static ReadOnlySpan<char> Split(ReadOnlySpan<char> origin, out int line, out int column)
    {
        column = 0;
        var rest = Cut(origin, out line);
        if (line == 0) return origin;
        var file = Cut(rest, out var number);
        if (number == 0) return rest;
        (line, column) = (number, line);
        return file;
    }

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, out int number)
    {
        var colon = text.LastIndexOf(':');
        number = 0;
        return colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number) ? text[..colon] : text;
    }
}
