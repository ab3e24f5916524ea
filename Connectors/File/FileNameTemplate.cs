using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>
/// Makes the name of an outgoing file. A value from a message is a part of one name and nothing else: separators,
/// characters that a file system gives a meaning to, and control characters become <c>_</c>.
/// </summary>
internal sealed class FileNameTemplate
{
    /// <summary>Bytes of a name, in UTF-8; common file systems allow 255, and the name in the making is longer.</summary>
    internal const int Limit = 180;

    private const string Meaningful = "/\\:*?\"<>|";
    private readonly FieldTemplate _template;

    private FileNameTemplate(FieldTemplate template) => _template = template;

    /// <returns>Null when a brace is left open, or the text between the placeholders cannot stand in a file's name.</returns>
    public static FileNameTemplate? TryParse(string text)
    {
        var template = FieldTemplate.TryParse(text);
        var isName = text.Trim().Length > 0 && !text.StartsWith('.') && template is not null && template.Literals.All(l => l.All(IsPlain));
        return isName ? new FileNameTemplate(template!) : null;
    }

    /// <summary>The name; the same for every attempt of a delivery.</summary>
    /// <exception cref="PermanentException">A field has no value, or the name is too long.</exception>
    public string Fill(OutgoingMessage message, string endpoint)
    {
        var name = _template.Fill(field => Sanitise(Value(field, message) is { Length: > 0 } value
            ? value
            : throw new PermanentException(Finding.Error("DLV642", SourcePosition.None, "", ("endpoint", endpoint), ("field", field)))));
        // A name with a dot in front is hidden, and no reader takes it.
        if (name.StartsWith('.')) name = "_" + name[1..];
        return Encoding.UTF8.GetByteCount(name) <= Limit
            ? name
            : throw new PermanentException(Finding.Error("DLV643", SourcePosition.None, "", ("endpoint", endpoint), ("limit", Limit.ToString(CultureInfo.InvariantCulture))));
    }

    internal static string Sanitise(string value)
    {
        var name = new StringBuilder(value.Length);
        foreach (var rune in value.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (rune.IsBmp && !IsPlain((char)rune.Value)) name.Append('_');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) name.Append('_');
            else name.Append(rune.ToString());
        }

        return name.ToString();
    }

    private static string? Value(string field, OutgoingMessage message) => field switch
    {
        // A message may go to one endpoint more than once (split): its own id would not tell the deliveries apart.
        "id" => message.IdempotencyKey,
        "key" => message.Key,
        "date" => message.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => JsonFields.Text(message.Body.Span, field),
    };

    private static bool IsPlain(char c) =>
        !Meaningful.Contains(c, StringComparison.Ordinal) && !char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
