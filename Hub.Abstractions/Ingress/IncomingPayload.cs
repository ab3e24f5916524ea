using Hub.Abstractions.Messages;

namespace Hub.Abstractions.Ingress;

/// <summary>What arrived: bytes in the endpoint's format, holding one record or many.</summary>
public sealed record IncomingPayload
{
    /// <summary>The bytes; ignored when <see cref="Stream"/> is given.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The bytes of a payload too large to hold: read to its end in bounded memory.</summary>
    public Stream? Stream { get; init; }

    /// <summary>The bytes that the sender announced; null when he did not. A payload with another length is refused.</summary>
    public long? Length { get; init; }

    /// <summary>What the sender calls the bytes, such as <c>application/pdf</c>; null when he does not say.</summary>
    public string? ContentType { get; init; }

    /// <summary>What positions in errors are relative to: a file's path, or <c>body</c>.</summary>
    public string Name { get; init; } = "body";

    /// <summary>Attributes given to each record. An event id gets the record's number appended when there is more than one record.</summary>
    public MessageAttributes Attributes { get; init; } = MessageAttributes.None;

    /// <summary>What becomes of a record that cannot be read.</summary>
    public MalformedPolicy Malformed { get; init; } = MalformedPolicy.Refuse;
}
