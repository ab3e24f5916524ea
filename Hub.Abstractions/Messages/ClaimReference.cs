using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Hub.Abstractions.Messages;

/// <summary>What is known of a large payload that is kept apart from its message (the claim check of Enterprise Integration Patterns).</summary>
/// <param name="Id">Its name in the claim store.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">Their SHA-256, 64 lower-case hex digits.</param>
/// <param name="ContentType">What its sender called it; empty when he did not say.</param>
public sealed record ClaimReference(MessageId Id, long Length, string Sha256, string ContentType)
{
    private const int Parts = 4;

    /// <summary>Reads the text form, as it stands in <see cref="MessageAttributes.Claim"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ClaimReference? reference)
    {
        reference = null;
        if (text?.Split(' ', Parts) is not [var name, var length, var sha256, var contentType]) return false;
        if (!MessageId.TryParse(name, out var id) || !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return false;
        reference = new ClaimReference(id, bytes, sha256, contentType);
        return true;
    }

    /// <summary><c>ID LENGTH SHA256 CONTENT-TYPE</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Length} {Sha256} {ContentType}");
}
