using Mappings.Expressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Mapping.Running;

/// <summary>A text, number or boolean on its way into the target, as UTF-8: no string is made of what is only copied.</summary>
internal ref struct Scalar
{
    public ValueKind Kind;

    /// <summary>The text unescaped, or JSON of a number or boolean.</summary>
    public ReadOnlySpan<byte> Utf8;

    /// <summary>The text needs no JSON escapes.</summary>
    public bool IsVerbatim;

    /// <summary>The number was computed in binary and is not exact.</summary>
    public bool IsBinary;

    /// <summary>The number itself when it was computed as a decimal; a quotient has more digits than the text of one is read with.</summary>
    public decimal? Computed;

    /// <returns>False for what is no text, number or boolean.</returns>
    public static bool TryLoad(scoped in Value value, MappingRun run, out Scalar scalar)
    {
        scalar = default;
        scalar.Kind = value.Kind;
        switch (value.Tag)
        {
            case Tag.TapeText:
                scalar.Utf8 = value.Tape.Utf8(value.Node);
                scalar.IsVerbatim = value.Tape.IsVerbatim(value.Node);
                return true;
            case Tag.String:
                scalar.Utf8 = run.Encode(value.Text);
                return true;
            case Tag.RawNumber:
                scalar.Utf8 = value.Tape.Utf8(value.Node);
                return true;
            case Tag.Decimal or Tag.Big or Tag.Double:
                scalar.IsBinary = value.Tag == Tag.Double;
                if (value.Tag == Tag.Decimal) scalar.Computed = value.Decimal;
                scalar.Utf8 = run.Digits(value);
                return true;
            case Tag.True or Tag.False:
                scalar.Utf8 = value.IsTrue ? "true"u8 : "false"u8;
                return true;
            default:
                return false;
        }
    }

    public readonly void Write(Formats.Json.Utf8JsonOutput output)
    {
        if (Kind != ValueKind.Text) output.Raw(Utf8);
        else if (IsVerbatim) output.VerbatimText(Utf8);
        else output.Text(Utf8);
    }
}
