using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions.Messages;

namespace Hub.Core.Ingress;

/// <summary>
/// The dedupe key of a record that cannot be read: the bytes, and where they stood. A file that is read again after a crash
/// makes no second dead letter; the same bad line in another place is another dead letter.
/// </summary>
internal static class UnreadableKey
{
    public static string Of(ReadOnlySpan<byte> original, MessageAttributes attributes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(original);
        hash.AppendData(Encoding.UTF8.GetBytes($"\n{attributes.EventId}\n{attributes.Origin}"));
        return $"unreadable {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
