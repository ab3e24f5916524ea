using System.Security.Cryptography;

namespace Hub.Core.Journal;

/// <summary>How a body is named in the trail of edits: SHA-256 of its bytes, 64 hex digits in lower case.</summary>
public static class BodyHash
{
    public static string Of(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
