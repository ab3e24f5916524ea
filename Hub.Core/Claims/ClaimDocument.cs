using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Abstractions.Messages;

namespace Hub.Core.Claims;

/// <summary>
/// The message of a large payload: its picked fields where they stand in the payload, so that a key or a condition is written
/// once for small and large ones, and <c>claim</c>. The same payload makes the same document, by which duplicates are found.
/// </summary>
internal static class ClaimDocument
{
    public const string Member = "claim";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="name">The payload's name: a file's path, or <c>body</c>.</param>
    /// <param name="attributes">What came with it.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="fields">The members to pick.</param>
    public static byte[] Write(ClaimReference claim, string name, MessageAttributes attributes, ReadOnlySpan<byte> head, IReadOnlyList<string> fields)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, Relaxed))
        {
            json.WriteStartObject();
            if (fields.Count > 0) Write(json, HeadFields.Pick(head, fields), isRoot: true);
            json.WriteStartObject(Member);
            json.WriteNumber("length", claim.Length);
            json.WriteString("sha256", claim.Sha256);
            if (claim.ContentType.Length > 0) json.WriteString("contentType", claim.ContentType);
            json.WriteString("name", name);
            Write(json, "source", attributes.Source);
            Write(json, "type", attributes.Type);
            Write(json, "subject", attributes.Subject);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, HeadFields fields, bool isRoot)
    {
        foreach (var (name, member) in fields.Members)
        {
            if (isRoot && name == Member) continue;
            json.WritePropertyName(name);
            if (member.Value is { } value) json.WriteRawValue(value);
            else
            {
                json.WriteStartObject();
                Write(json, member, isRoot: false);
                json.WriteEndObject();
            }
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
