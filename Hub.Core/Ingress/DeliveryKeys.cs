using System.Security.Cryptography;
using System.Text;

namespace Hub.Core.Ingress;

/// <summary>
/// What the idempotency keys of a message begin with that its source may hand out again: made of what makes it a duplicate,
/// so that it is the same each time although the message's id is not.
/// </summary>
internal static class DeliveryKeys
{
    private const int HashLength = 16;
    private const int MostReadable = 100;

    /// <summary>The sender's event id where it can stand in a header and in a file's name as it is, else a hash.</summary>
    public static string Of(string pipeline, string dedupeKey)
    {
        if (dedupeKey.StartsWith("e:", StringComparison.Ordinal) && dedupeKey.Length <= MostReadable && IsPlain(dedupeKey.AsSpan(2))) return string.Concat(pipeline, ".", dedupeKey.AsSpan(2));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{pipeline}\n{dedupeKey}"), hash);
        return Convert.ToHexStringLower(hash[..HashLength]);
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')) return false;
        }

        return true;
    }
}
