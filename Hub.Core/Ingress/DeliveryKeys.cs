using System.Security.Cryptography;
using System.Text;

namespace Hub.Core.Ingress;

/// <summary>
/// What the idempotency keys of a message begin with that its source may hand out again: made of what makes it a duplicate,
/// so that it is the same each time although the message's id is not.
/// </summary>
internal static class DeliveryKeys
{
    private const int Length = 16;

    public static string Of(string pipeline, string dedupeKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{pipeline}\n{dedupeKey}"), hash);
        return Convert.ToHexStringLower(hash[..Length]);
    }
}
