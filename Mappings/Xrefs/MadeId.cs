using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mappings.Xrefs;

/// <summary>
/// Ids for <c>missing: create</c>: a UUID of version 8 (RFC 9562, 5.8) from the SHA-256 of the key, so that the same thing
/// gets the same id however often, and wherever, it is asked for.
/// </summary>
public static class MadeId
{
    public static string Of(in XrefKey key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(sha, key.Entity);
        Add(sha, key.From);
        Add(sha, key.Id);
        Add(sha, key.To);
        sha.GetHashAndReset(hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }

    /// <summary>Each text with its length before it, so that no two keys hash the same bytes.</summary>
    private static void Add(IncrementalHash sha, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var utf8 = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
        sha.AppendData(length);
        sha.AppendData(utf8);
    }
}
