using Mappings.Diagnostics;
using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>The segments around messages, by standard.</summary>
internal sealed class EdiTags
{
    private static readonly EdiTags Edifact = new(
        "UNH",
        "UNT",
        EnvelopeFields.Unh,
        [("interchange", "UNB", "UNZ", EnvelopeFields.Unb), ("group", "UNG", "UNE", EnvelopeFields.Ung)],
        needsGroup: false);

    private static readonly EdiTags X12 = new(
        "ST",
        "SE",
        EnvelopeFields.St,
        [("interchange", "ISA", "IEA", EnvelopeFields.Isa), ("group", "GS", "GE", EnvelopeFields.Gs)],
        needsGroup: true);

    private readonly (string Name, string Opening, string Closing, IReadOnlyList<(string Name, ElementPlace Place)> Fields)[] _headers;
    private readonly byte[] _message;
    private readonly byte[] _messageEnd;
    private readonly bool _needsGroup;

    private EdiTags(
        string message,
        string messageEnd,
        IReadOnlyList<(string Name, ElementPlace Place)> messageFields,
        (string Name, string Opening, string Closing, IReadOnlyList<(string Name, ElementPlace Place)> Fields)[] headers,
        bool needsGroup)
    {
        (MessageName, MessageEndName, MessageFields, _headers, _needsGroup) = (message, messageEnd, messageFields, headers, needsGroup);
        _message = System.Text.Encoding.ASCII.GetBytes(message);
        _messageEnd = System.Text.Encoding.ASCII.GetBytes(messageEnd);
    }

    /// <summary>Stands for the record of a message that the layout does not have: every segment is passed over.</summary>
    public static MessageRecord Nothing { get; } = new("nothing", SourcePosition.None, []) { Type = string.Empty, Version = null, SkipsOthers = true };

    public string MessageName { get; }

    public string MessageEndName { get; }

    public ReadOnlySpan<byte> MessageEnd => _messageEnd;

    public IReadOnlyList<(string Name, ElementPlace Place)> MessageFields { get; }

    /// <summary>What may stand between messages, for findings.</summary>
    public string Expected => string.Join(", ", _headers.Select(h => h.Opening).Append(MessageName));

    public static EdiTags Of(LayoutKind kind) => kind == LayoutKind.X12 ? X12 : Edifact;

    public bool IsMessage(ReadOnlySpan<byte> tag) => tag.SequenceEqual(_message);

    public bool IsEnvelope(ReadOnlySpan<byte> tag)
    {
        if (IsMessage(tag)) return true;
        foreach (var header in _headers)
        {
            if (System.Text.Ascii.Equals(tag, header.Opening) || System.Text.Ascii.Equals(tag, header.Closing)) return true;
        }

        return false;
    }

    /// <summary>The header that a tag opens when so many are open; null when none.</summary>
    public (string Name, IReadOnlyList<(string Name, ElementPlace Place)> Fields)? Header(string tag, int open) =>
        open < _headers.Length && _headers[open].Opening == tag ? (_headers[open].Name, _headers[open].Fields) : null;

    public string Closing(string opening) => _headers.First(h => h.Opening == opening).Closing;

    /// <summary>X12 has messages in groups only; EDIFACT need not.</summary>
    public bool MayHoldMessages(string opening) => !_needsGroup || opening == _headers[1].Opening;
}
