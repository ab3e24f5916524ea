using System.Runtime.CompilerServices;
using Mappings.Diagnostics;

namespace Mappings.Expressions.Runtime;

/// <summary>Values as JSON. Missing members are left out, copied numbers and texts keep their bytes.</summary>
internal static class ValueJson
{
    private const int NumberSpace = 400;

    public static void Write(JsonOutput output, in Value value)
    {
        switch (value.Tag)
        {
            case Tag.True: output.Raw("true"u8); break;
            case Tag.False: output.Raw("false"u8); break;
            case Tag.RawNumber: output.Raw(value.Tape.Utf8(value.Node)); break;
            case Tag.Decimal or Tag.Double or Tag.Big:
                output.Advance(NumberText.Write(value, output.Reserve(NumberSpace)));
                break;
            case Tag.String: output.Text(value.Text); break;
            case Tag.TapeText when value.Tape.IsVerbatim(value.Node):
                output.Raw((byte)'"');
                output.Raw(value.Tape.Utf8(value.Node));
                output.Raw((byte)'"');
                break;
            case Tag.TapeText: output.Text(value.Tape.Utf8(value.Node)); break;
            case Tag.TapeArray or Tag.Seq: WriteItems(output, value); break;
            case Tag.TapeObject or Tag.Map: WriteMembers(output, value); break;
            default: output.Raw("null"u8); break;
        }
    }

    /// <summary>Computed values can be nested without limit; a document that deep is refused, not crashed on.</summary>
    private static void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new MappingException(Finding.Error("LIM504", SourcePosition.None));
    }

    private static void WriteItems(JsonOutput output, in Value value)
    {
        CheckStack();
        output.Raw((byte)'[');
        var first = true;
        foreach (var item in value.Items())
        {
            if (!first) output.Raw((byte)',');
            first = false;
            Write(output, item);
        }

        output.Raw((byte)']');
    }

    private static void WriteMembers(JsonOutput output, in Value value)
    {
        CheckStack();
        output.Raw((byte)'{');
        var first = true;
        foreach (var member in value.Members())
        {
            var content = member.Value;
            if (content.IsMissing) continue;
            if (!first) output.Raw((byte)',');
            first = false;
            Write(output, member.NameValue);
            output.Raw((byte)':');
            Write(output, content);
        }

        output.Raw((byte)'}');
    }
}
