using System.Buffers.Binary;
using Hub.Core.Journal;
using Hub.Storage.Records;
using Mappings.Diagnostics;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// What a pipeline made of a message, in one value: state, revision, steps, findings, then each delivery: destination, part,
/// flags, and what the flags announce. Numbers are little-endian. Bodies of several large deliveries stand in a table of
/// their own, so that one can be read without the others.
/// </summary>
internal static class OutcomeCodec
{
    /// <summary>Bodies of more than one delivery that are larger together stand apart.</summary>
    internal const int MostTogether = 16 * 1024;

    private const byte HasNotBefore = 1;
    private const byte HasIdentity = 2;
    private const byte HasBody = 4;
    private const byte IsApart = 8;

    internal static bool StandApart(PipelineOutcome outcome)
    {
        if (outcome.Deliveries.Count < 2) return false;
        var size = 0L;
        for (var i = 0; i < outcome.Deliveries.Count; i++) size += outcome.Deliveries[i].Body?.Length ?? 0;
        return size > MostTogether;
    }

    internal static void Write(PipelineOutcome outcome, PostgreSqlNames names, bool apart, ByteArena output)
    {
        output.Byte((byte)outcome.State);
        output.Int32(names[outcome.Revision]);
        Span<byte> buffer = stackalloc byte[128];
        output.Bytes(JournalEncoding.Steps(outcome.Steps, buffer));
        output.Bytes(outcome.Findings.Count == 0 ? default : FindingJson.Write(outcome.Findings));
        output.Int32(outcome.Deliveries.Count);
        for (var i = 0; i < outcome.Deliveries.Count; i++)
        {
            var delivery = outcome.Deliveries[i];
            output.Int32(names[delivery.Destination]);
            output.Int32(delivery.Part);
            var flags = (delivery.NotBefore is null ? 0 : HasNotBefore) | (delivery.Identity is null ? 0 : HasIdentity) | (delivery.Body is null ? 0 : HasBody) | (apart && delivery.Body is not null ? IsApart : 0);
            output.Byte((byte)flags);
            if (delivery.NotBefore is { } notBefore) output.Int64(notBefore.UtcTicks);
            if (delivery.Identity is { } identity) output.Bytes(JournalEncoding.Xref(identity));
            if (delivery.Body is { } body && !apart) output.Bytes(body.Span);
        }
    }

    /// <summary>The numbers of the names that a value uses.</summary>
    internal static void Names(ReadOnlySpan<byte> value, List<int> numbers)
    {
        var reader = new SpanReader(value);
        reader.Byte();
        numbers.Add(reader.Int32());
        reader.Bytes();
        reader.Bytes();
        for (var count = reader.Int32(); count > 0; count--)
        {
            numbers.Add(reader.Int32());
            reader.Int32();
            var flags = reader.Byte();
            if ((flags & HasNotBefore) != 0) reader.Int64();
            if ((flags & HasIdentity) != 0) reader.Bytes();
            if ((flags & (HasBody | IsApart)) == HasBody) reader.Bytes();
        }
    }

    internal static StepOutcome[] Steps(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return [];
        var reader = new SpanReader(value);
        reader.Byte();
        reader.Int32();
        return JournalEncoding.Steps(reader.Bytes());
    }

    internal static Finding[] Findings(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return [];
        var reader = new SpanReader(value);
        reader.Byte();
        reader.Int32();
        reader.Bytes();
        return FindingJson.Read(reader.Bytes());
    }

    /// <summary>Where the deliveries go, as numbers.</summary>
    internal static int[] Destinations(ReadOnlySpan<byte> value)
    {
        var numbers = new List<int>();
        Names(value, numbers);
        return [.. numbers.Skip(1)];
    }

    internal static PipelineOutcome Read(ReadOnlyMemory<byte> value, PostgreSqlNames names, Func<int, ReadOnlyMemory<byte>> apart, Func<int, int> edit)
    {
        var reader = new SpanReader(value.Span);
        var state = (MessageState)reader.Byte();
        var revision = names.Text(reader.Int32());
        var steps = JournalEncoding.Steps(reader.Bytes());
        var findings = FindingJson.Read(reader.Bytes());
        var deliveries = new DeliveryRecord[reader.Int32()];
        for (var i = 0; i < deliveries.Length; i++)
        {
            var destination = names.Endpoint(reader.Int32());
            var part = reader.Int32();
            var flags = reader.Byte();
            DateTimeOffset? notBefore = (flags & HasNotBefore) != 0 ? new DateTimeOffset(reader.Int64(), TimeSpan.Zero) : null;
            var identity = (flags & HasIdentity) != 0 ? JournalEncoding.Xref(reader.Bytes()) : null;
            ReadOnlyMemory<byte>? body = null;
            if ((flags & IsApart) != 0) body = apart(i);
            else if ((flags & HasBody) != 0)
            {
                var length = reader.Bytes().Length;
                body = value.Slice(reader.Position - length, length);
            }

            deliveries[i] = new DeliveryRecord(destination, part, body) { NotBefore = notBefore, Identity = identity, Edit = edit(i) };
        }

        return new PipelineOutcome { State = state, Revision = revision, Steps = steps, Findings = findings, Deliveries = deliveries };
    }

    private ref struct SpanReader(ReadOnlySpan<byte> value)
    {
        private readonly ReadOnlySpan<byte> _value = value;

        internal int Position { get; private set; }

        internal byte Byte() => _value[Position++];

        internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

        internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

        internal ReadOnlySpan<byte> Bytes() => Take(Int32());

        private ReadOnlySpan<byte> Take(int length)
        {
            var taken = _value.Slice(Position, length);
            Position += length;
            return taken;
        }
    }
}
