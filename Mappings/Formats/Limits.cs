using System.Globalization;
using Mappings.Diagnostics;

namespace Mappings.Formats;

/// <summary>Findings of the limits that all formats share.</summary>
internal static class Limits
{
    public static Finding DocumentBytes(ReaderOptions options) => DocumentBytes(options, SourcePosition.WholeFile(options.File));

    public static Finding DocumentBytes(ReaderOptions options, SourcePosition at) => Finding.Error("LIM520", at, "", ("limit", Number(options.MaxDocumentBytes)));

    public static Finding Depth(ReaderOptions options, SourcePosition at) => Finding.Error("LIM521", at, "", ("limit", Number(options.MaxDepth)));

    public static Finding Nodes(ReaderOptions options, SourcePosition at) => Finding.Error("LIM524", at, "", ("limit", Number(options.MaxNodes)));

    /// <summary>Digits in groups of three, as people read large limits.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
