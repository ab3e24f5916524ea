using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Core.Pipelines;

/// <summary>
/// What the steps of one run work on: first the record, then what enrich, split and map make of it. JSON that a step
/// wrote is parsed only when a later step asks for its values, since most mapped documents are sent unread.
/// </summary>
internal sealed class RunDocument
{
    private static readonly ReaderOptions Options = new() { File = RunPlace.Body };

    private readonly TapeBuilder _whole = new();
    private readonly TapeBuilder _part = new();
    private ArrayBufferWriter<byte> _output = new();
    private ArrayBufferWriter<byte> _spare = new();
    private Value _value;
    private ReadOnlyMemory<byte> _json;
    private bool _hasValue;
    private bool _hasJson;
    private bool _isKept;
    private bool _isRecord;
    private Value _message;

    /// <summary>True while input positions of the current document are places in the sender's input.</summary>
    public bool HasInputPositions { get; private set; }

    /// <summary>True inside a part of a split message.</summary>
    public bool IsPart { get; private set; }

    /// <summary>What <c>$message</c> means: the whole document in a part of it, else the document itself.</summary>
    public Value Message => IsPart ? _message : _value;

    public void Begin(Tape record, ReadOnlyMemory<byte> body, bool hasInputPositions)
    {
        IsPart = false;
        _message = default;
        Set(record.NodeCount == 0 ? Value.Missing : Value.FromTape(record, record.Root), hasInputPositions);
        _json = body;
        _hasJson = _isKept = _isRecord = true;
    }

    /// <summary>The current document's value.</summary>
    /// <param name="error">Why what a step wrote cannot be read again: it passed a limit of the reader.</param>
    public bool TryGet(out Value value, [NotNullWhen(false)] out Finding? error)
    {
        error = null;
        if (!_hasValue)
        {
            var builder = IsPart ? _part : _whole;
            if (JsonTapeReader.TryRead(_json, builder, Options, out error))
            {
                _value = Value.FromTape(builder.Build(), builder.Build().Root);
                _hasValue = true;
            }
        }

        value = _value;
        return error is null;
    }

    /// <summary>The current document as a node of a tape. What an expression put together is written and read again.</summary>
    public bool TryGetNode(out Tape tape, out int node, [NotNullWhen(false)] out Finding? error)
    {
        if (!TryGet(out var value, out error))
        {
            (tape, node) = (_whole.Build(), 0);
            return false;
        }

        if (value.TryGetNode(out tape, out node)) return true;
        Json();
        _hasValue = false;
        HasInputPositions = false;
        return TryGet(out value, out error) && value.TryGetNode(out tape, out node);
    }

    /// <summary>The current document as JSON; valid until the next change of the document.</summary>
    public ReadOnlySpan<byte> Json()
    {
        if (_hasJson) return _json.Span;
        var buffer = NextOutput();
        using (var output = new Utf8JsonOutput())
        {
            _value.WriteTo(output);
            buffer.Write(output.Written);
        }

        (_json, _hasJson, _isKept) = (buffer.WrittenMemory, true, false);
        return _json.Span;
    }

    /// <summary>The current document as JSON that outlives the run; null when it is the record's own body.</summary>
    public ReadOnlyMemory<byte>? Keep()
    {
        if (_isRecord) return null;
        if (!_hasJson || !_isKept) (_json, _isKept) = (Json().ToArray(), true);
        return _json;
    }

    /// <summary>Before the first part: what the whole document points into is not written over by the parts.</summary>
    public void BeginParts()
    {
        if (_hasJson && !_isKept) _output = new ArrayBufferWriter<byte>();
    }

    /// <summary>One element of the whole document becomes the document.</summary>
    public void EnterPart(in Value whole, in Value element, bool hasInputPositions)
    {
        IsPart = true;
        _message = whole;
        Set(element, hasInputPositions);
    }

    /// <summary>A buffer for a step's output; what was written to it becomes the document by <see cref="Replace"/>. What the document is now stays valid meanwhile.</summary>
    public ArrayBufferWriter<byte> NextOutput()
    {
        (_output, _spare) = (_spare, _output);
        _output.ResetWrittenCount();
        return _output;
    }

    /// <summary>What was written to <see cref="NextOutput"/>'s buffer is the document.</summary>
    public void Replace()
    {
        _value = default;
        _hasValue = _isKept = _isRecord = HasInputPositions = false;
        (_json, _hasJson) = (_output.WrittenMemory, true);
    }

    /// <summary>
    /// JSON of the step's own, which the document keeps, is the document.
    /// </summary>
    /// <param name="inputStart">Where the record's JSON begins in its file when the places of the new text still lead there; null when they do not.</param>
    /// <param name="error">Why it cannot be read.</param>
    public bool TryReplace(ReadOnlyMemory<byte> json, (int Line, int Column)? inputStart, [NotNullWhen(false)] out Finding? error)
    {
        Replace();
        (_json, _isKept) = (json, true);
        if (!TryGet(out _, out error)) return false;
        HasInputPositions = inputStart is not null;
        if (inputStart is var (line, column)) (IsPart ? _part : _whole).Origin(line, column);
        return true;
    }

    /// <summary>Forgets the message; keeps the buffers unless one message made them huge.</summary>
    public void Clear(int keptBytes)
    {
        _value = _message = default;
        _json = default;
        _whole.Reset(default);
        _part.Reset(default);
        if (_output.Capacity > keptBytes) _output = new ArrayBufferWriter<byte>();
        if (_spare.Capacity > keptBytes) _spare = new ArrayBufferWriter<byte>();
    }

    private void Set(in Value value, bool hasInputPositions)
    {
        _value = value;
        _hasValue = true;
        HasInputPositions = hasInputPositions;
        _json = default;
        _hasJson = _isKept = _isRecord = false;
    }
}
