using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Storage.Records;

/// <summary>
/// The compact columns. Steps: six bytes each (place, result, microseconds little-endian). Attributes: their texts in
/// the order of their declaration, each a four-byte little-endian length (-1 for null) and UTF-8; what a row of an older
/// hub does not have is null. An entry of the identity map: its five texts likewise.
/// </summary>
internal static class JournalEncoding
{
    private const int StepSize = 6;
    internal const int LongestKey = 64;

    internal static ReadOnlySpan<byte> Steps(IReadOnlyList<StepOutcome> steps, Span<byte> buffer)
    {
        var bytes = steps.Count * StepSize <= buffer.Length ? buffer[..(steps.Count * StepSize)] : new byte[steps.Count * StepSize];
        for (var i = 0; i < steps.Count; i++)
        {
            var at = bytes[(i * StepSize)..];
            at[0] = steps[i].Step;
            at[1] = (byte)steps[i].Result;
            BinaryPrimitives.WriteInt32LittleEndian(at[2..], steps[i].Microseconds);
        }

        return bytes;
    }

    internal static StepOutcome[] Steps(ReadOnlySpan<byte> bytes)
    {
        var steps = new StepOutcome[bytes.Length / StepSize];
        for (var i = 0; i < steps.Length; i++)
        {
            var at = bytes[(i * StepSize)..];
            steps[i] = new StepOutcome(at[0], (StepResultKind)at[1], BinaryPrimitives.ReadInt32LittleEndian(at[2..]));
        }

        return steps;
    }

    internal static void Attributes(MessageAttributes attributes, IBufferWriter<byte> output)
    {
        Write(attributes.EventId, output);
        Write(attributes.Source, output);
        Write(attributes.Type, output);
        Write(attributes.Subject, output);
        Write(attributes.Time, output);
        Write(attributes.TraceParent, output);
        Write(attributes.Origin, output);

        // Most messages have none of these; their rows stay as short as they were.
        if ((attributes.RepairOf ?? attributes.File ?? attributes.DeliveryKey ?? attributes.Claim ?? attributes.Headers) is null) return;
        Write(attributes.RepairOf, output);
        Write(attributes.File, output);
        if ((attributes.DeliveryKey ?? attributes.Claim ?? attributes.Headers) is null) return;
        Write(attributes.DeliveryKey, output);
        Write(attributes.Claim, output);
        if (attributes.Headers is null) return;
        Write(attributes.Headers, output);
    }

    internal static MessageAttributes Attributes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return MessageAttributes.None;
        return new MessageAttributes
        {
            EventId = Read(ref bytes),
            Source = Read(ref bytes),
            Type = Read(ref bytes),
            Subject = Read(ref bytes),
            Time = Read(ref bytes),
            TraceParent = Read(ref bytes),
            Origin = Read(ref bytes),
            RepairOf = Read(ref bytes),
            File = Read(ref bytes),
            DeliveryKey = Read(ref bytes),
            Claim = Read(ref bytes),
            Headers = Read(ref bytes),
        };
    }

    internal static ReadOnlySpan<byte> Xref(XrefEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var text in (string[])[entry.Key.Entity, entry.Key.From, entry.Key.Id, entry.Key.To, entry.Target]) Write(text, output);
        return output.WrittenSpan;
    }

    internal static XrefEntry Xref(ReadOnlySpan<byte> bytes)
    {
        var key = new XrefKey(Read(ref bytes)!, Read(ref bytes)!, Read(ref bytes)!, Read(ref bytes)!);
        return new XrefEntry(key, Read(ref bytes)!);
    }

    /// <summary>
    /// The dedupe key as it stands in its index: as it is, so that keys which grow (order numbers, sortable ids) stay
    /// neighbours on few pages; a long one by its beginning and a hash. Only hashed keys have the full length.
    /// </summary>
    internal static ReadOnlySpan<byte> DedupeKey(string key, Span<byte> buffer)
    {
        if (Encoding.UTF8.TryGetBytes(key, buffer[..LongestKey], out var length) && length < LongestKey) return buffer[..length];
        var bytes = Encoding.UTF8.GetBytes(key);
        bytes.AsSpan(0, LongestKey / 2).CopyTo(buffer);
        SHA256.HashData(bytes, buffer[(LongestKey / 2)..]);
        return buffer[..LongestKey];
    }

    private static void Write(string? text, IBufferWriter<byte> output)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        var span = output.GetSpan(sizeof(int) + length);
        BinaryPrimitives.WriteInt32LittleEndian(span, text is null ? -1 : length);
        if (text is not null) Encoding.UTF8.GetBytes(text, span[sizeof(int)..]);
        output.Advance(sizeof(int) + length);
    }

    private static string? Read(ref ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes = bytes[sizeof(int)..];
        if (length < 0) return null;
        var text = Encoding.UTF8.GetString(bytes[..length]);
        bytes = bytes[length..];
        return text;
    }
}
