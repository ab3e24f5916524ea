using System.Runtime.CompilerServices;
using Mappings.Diagnostics;
using Mappings.Formats.Json;

namespace Mappings.Expressions.Runtime;

/// <summary>Values as JSON. Missing members and functions are left out, copied numbers and texts keep their bytes.</summary>
internal static class ValueJson
{
    private const int NumberSpace = 400;

    public static void Write(Utf8JsonOutput output, in Value value)
    {
        switch (value.Tag)
        {
            case Tag.True: output.Boolean(true); break;
            case Tag.False: output.Boolean(false); break;
            case Tag.RawNumber: output.Raw(value.Tape.Utf8(value.Node)); break;
            case Tag.Decimal or Tag.Double or Tag.Big:
                output.EndRaw(NumberText.Write(value, output.BeginRaw(NumberSpace)));
                break;
            case Tag.String: output.Text(value.Text); break;
            // Not by its node's kind: a member's name can be a text too.
            case Tag.TapeText when value.Tape.IsVerbatim(value.Node): output.VerbatimText(value.Tape.Utf8(value.Node)); break;
            case Tag.TapeText: output.Text(value.Tape.Utf8(value.Node)); break;
            case Tag.TapeArray or Tag.TapeObject: TapeJson.Write(value.Tape, value.Node, output); break;
            case Tag.Seq: WriteItems(output, value); break;
            case Tag.Map: WriteMembers(output, value.Map); break;
            default: output.Null(); break;
        }
    }

    /// <summary>Computed values can be nested without limit; a document that deep is refused, not crashed on.</summary>
    private static void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new MappingException(Finding.Error("LIM504", SourcePosition.None));
    }

    private static void WriteItems(Utf8JsonOutput output, in Value value)
    {
        CheckStack();
        output.StartArray();
        foreach (var item in value.Items()) Write(output, item);
        output.EndArray();
    }

    private static void WriteMembers(Utf8JsonOutput output, Map map)
    {
        CheckStack();
        output.StartObject();
        for (var i = 0; i < map.Count; i++)
        {
            var content = map.Value(i);
            if (content.IsMissing || content.IsFunction) continue;
            output.Name(map.Name(i));
            Write(output, content);
        }

        output.EndObject();
    }
}
