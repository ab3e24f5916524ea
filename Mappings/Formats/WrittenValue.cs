using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats;

/// <summary>What writers say of values that have no place in their format.</summary>
internal static class WrittenValue
{
    /// <summary>Stands for an object in findings, in every language.</summary>
    public const string Object = "{…}";

    /// <summary>Stands for a text, number or boolean.</summary>
    public const string Single = "\"…\"";

    /// <summary>FMT259.</summary>
    public static Finding Misfit(Tape tape, int node, string expected, string file, string path) =>
        Finding.Error("FMT259", SourcePosition.WholeFile(file), path, ("found", Shown(tape, node)), ("expected", expected));

    public static string Shown(Tape tape, int node) => tape.Kind(node) switch
    {
        NodeKind.Object => Object,
        NodeKind.Array => "[…]",
        NodeKind.Null => "null",
        NodeKind.True => "true",
        NodeKind.False => "false",
        _ => Snippet.Quote(tape.Utf8(node)),
    };

    /// <summary>The text of a single value; empty for null.</summary>
    public static ReadOnlySpan<byte> Text(Tape tape, int node) => tape.Kind(node) switch
    {
        NodeKind.True => "true"u8,
        NodeKind.False => "false"u8,
        NodeKind.Null => default,
        _ => tape.Utf8(node),
    };

    public static bool IsSingle(Tape tape, int node) => tape.Kind(node) is not (NodeKind.Object or NodeKind.Array);
}
