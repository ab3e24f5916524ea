using System.Buffers.Binary;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.PostgreSql;

/// <summary>What of an accepted message is only read back: endpoint, revision, dedupe key (length -1 for none), attributes (to the end).</summary>
internal static class MessageHead
{
    internal static void Write(MessageRecord message, PostgreSqlNames names, ByteArena output)
    {
        output.Int32(names[message.Endpoint]);
        output.Int32(names[message.Revision]);
        if (message.DedupeKey is null) output.Int32(-1);
        else output.Text(message.DedupeKey);
        if (message.Attributes != MessageAttributes.None) JournalEncoding.Attributes(message.Attributes, output);
    }

    internal static (int Endpoint, int Revision) Names(ReadOnlySpan<byte> head) =>
        (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[sizeof(int)..]));

    internal static string? DedupeKey(ReadOnlySpan<byte> head)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[(2 * sizeof(int))..]);
        return length < 0 ? null : System.Text.Encoding.UTF8.GetString(head.Slice(3 * sizeof(int), length));
    }

    internal static MessageAttributes Attributes(ReadOnlySpan<byte> head)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[(2 * sizeof(int))..]);
        return JournalEncoding.Attributes(head[((3 * sizeof(int)) + Math.Max(length, 0))..]);
    }
}
