using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Hub.Abstractions.Connectors;

namespace Connectors.Http;

/// <summary>
/// The CloudEvents 1.0 attributes of an outgoing message as HTTP headers (HTTP protocol binding 1.0.2, 3.1: binary
/// content mode), and its trace context. The id is the delivery's idempotency key, so that source and id together are
/// unique as CloudEvents demands, and the same for every attempt.
/// </summary>
internal static partial class CloudEventHeaders
{
    public static void Add(HttpRequestMessage request, OutgoingMessage message)
    {
        var attributes = message.Attributes;
        Add(request, "ce-specversion", "1.0");
        Add(request, "ce-id", message.IdempotencyKey);
        Add(request, "ce-source", string.IsNullOrEmpty(attributes.Source) ? "/pipelines/" + Uri.EscapeDataString(message.Pipeline) : attributes.Source);
        Add(request, "ce-type", string.IsNullOrEmpty(attributes.Type) ? message.Pipeline : attributes.Type);
        if (!string.IsNullOrEmpty(attributes.Subject)) Add(request, "ce-subject", attributes.Subject);
        if (!string.IsNullOrEmpty(attributes.Time)) Add(request, "ce-time", attributes.Time);
        if (attributes.TraceParent is { } trace && TraceParent().IsMatch(trace)) request.Headers.TryAddWithoutValidation("traceparent", trace);
    }

    /// <summary>Printable ASCII stays, everything else, space, double quote and percent are percent-encoded as UTF-8 (3.1.3.2).</summary>
    internal static string Encode(string value)
    {
        if (value.All(IsPlain)) return value;
        var text = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.IsAscii && IsPlain((char)rune.Value))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)]) text.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return text.ToString();
    }

    private static void Add(HttpRequestMessage request, string name, string value) => request.Headers.TryAddWithoutValidation(name, Encode(value));

    private static bool IsPlain(char c) => c is > ' ' and < '\u007F' and not '"' and not '%';

    [GeneratedRegex("^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex TraceParent();
}
