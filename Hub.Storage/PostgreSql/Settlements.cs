using System.Buffers.Binary;

namespace Hub.Storage.PostgreSql;

/// <summary>The entries of a row of settlements: the messages that one commit closed as delivered, each with its time.</summary>
internal static class Settlements
{
    private const int Size = 2 * sizeof(long);

    internal static IEnumerable<(long Id, long At)> Read(byte[] entries)
    {
        for (var at = 0; at + Size <= entries.Length; at += Size)
            yield return (BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at)), BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + sizeof(long))));
    }
}
