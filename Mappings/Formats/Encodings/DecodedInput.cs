using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Mappings.Diagnostics;

namespace Mappings.Formats.Encodings;

/// <summary>
/// A file or body seen through a window of strictly decoded UTF-8, with the original bytes beside it. Readers look for a
/// record in <see cref="Window"/>, ask for more with <see cref="Fill"/>, and step on with <see cref="Take"/>; memory is
/// the window, not the file. A bad byte shows only when the text before it has been given out.
/// </summary>
internal sealed partial class DecodedInput : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>So many bytes before the window are kept, to be shown with a bad one.</summary>
    private const int ShownBefore = 2;

    private readonly Stream? _stream;
    private readonly TextEncoding _encoding;
    private readonly ReaderOptions _options;
    private readonly bool _raw;
    private readonly bool _replaces;

    /// <summary>True when the window is the bytes themselves.</summary>
    private readonly bool _asIs;
    private readonly ArrayBufferWriter<byte> _decoding = new(256);
    private byte[] _bytes;
    private readonly int _first;
    private int _start;
    private int _decoded;
    private int _end;
    private byte[] _utf8 = [];
    private int _utf8Start;
    private int _utf8End;
    private bool _atStart = true;
    private bool _onlyAscii = true;
    private bool _ended;

    /// <param name="raw">Give the bytes as they are, for a format that decodes its fields itself.</param>
    public DecodedInput(Stream stream, FormatOptions format, bool raw = false)
        : this(format, raw)
    {
        _stream = stream;
        _bytes = new byte[BlockBytes];
    }

    /// <param name="raw">Give the bytes as they are, for a format that decodes its fields itself.</param>
    public DecodedInput(ReadOnlyMemory<byte> bytes, FormatOptions format, bool raw = false)
        : this(format, raw)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out var array)) array = new ArraySegment<byte>(bytes.ToArray());
        _bytes = array.Array ?? [];
        _first = _start = _decoded = array.Offset;
        _end = array.Offset + array.Count;
    }

    private DecodedInput(FormatOptions format, bool raw)
    {
        _encoding = format.Encoding;
        _options = format.Reader;
        _raw = raw;
        _replaces = format.ReplaceBadBytes;
        _asIs = raw || (_encoding.IsUtf8 && !_replaces);
        Replaced = new ReplacedBytes(_encoding);
        _bytes = [];
    }

    /// <summary>What was no text and is read all the same.</summary>
    public ReplacedBytes Replaced { get; }

    /// <summary>The text not yet taken, as far as it is read. Valid until the next <see cref="Fill"/>.</summary>
    public ReadOnlyMemory<byte> Window => _asIs ? _bytes.AsMemory(_start, _decoded - _start) : _utf8.AsMemory(_utf8Start, _utf8End - _utf8Start);

    /// <summary>What ended the text early: bad bytes. Null at a proper end.</summary>
    public Finding? Fault { get; private set; }

    /// <summary>True when <see cref="Window"/> reaches to the proper end of the text.</summary>
    public bool Ended => _ended && Fault is null;

    /// <summary>True when nothing more will come: the proper end, or bad bytes.</summary>
    public bool Exhausted => _ended;

    public int Line { get; private set; } = 1;

    public int Column { get; private set; } = 1;

    /// <summary>Offset of the window's start in the original bytes.</summary>
    public long Offset { get; private set; }

    public SourcePosition At => new(_options.File, Line, Column);

    /// <summary>
    /// Reads on until the window has grown by half, so that starting over on a record that did not fit costs a constant
    /// factor however little the stream gives at a time.
    /// </summary>
    /// <returns>False when there is no more: the end, or <see cref="Fault"/>.</returns>
    public bool Fill()
    {
        var before = Window.Length;
        while (!_ended && Window.Length <= before + (before / 2))
        {
            var all = Read();
            Decode(all);
            _ended = all || Fault is not null;
        }

        return Window.Length > before;
    }

    /// <summary>Fills until the window has a length, if there is so much.</summary>
    public void FillTo(int length)
    {
        while (Window.Length < length && Fill())
        {
        }
    }

    /// <summary>Fills until all of the text is in the window.</summary>
    /// <param name="error">LIM520, or bad bytes.</param>
    public bool TryFillAll([NotNullWhen(false)] out Finding? error)
    {
        while (_end - _start <= _options.MaxDocumentBytes && Fill())
        {
        }

        error = _end - _start > _options.MaxDocumentBytes ? Limits.DocumentBytes(_options) : Fault;
        return error is null;
    }

    /// <summary>Steps over text.</summary>
    /// <returns>The original bytes of it, valid until the next <see cref="Fill"/>.</returns>
    public ReadOnlyMemory<byte> Take(int utf8Length)
    {
        var text = Window.Span[..utf8Length];
        var lastBreak = text.LastIndexOf((byte)'\n');
        var characters = Characters.Count(text[(lastBreak + 1)..]);
        if (lastBreak >= 0)
        {
            Line += Characters.LineBreaks(text);
            Column = 1;
        }

        Column += characters;
        // A character that is cut at the end of the file is shorter than it should be.
        var length = _asIs ? utf8Length : Math.Min(_end - _start, _encoding.ByteLength(_bytes.AsSpan(_start, _end - _start), Characters.Count(text)));
        var original = _bytes.AsMemory(_start, length);
        _start += length;
        Offset += length;
        if (!_asIs) _utf8Start += utf8Length;
        return original;
    }

    public void Dispose() => _stream?.Dispose();

    private bool Read()
    {
        if (_stream is null) return true;
        if (_start > ShownBefore && _start >= _bytes.Length / 2)
        {
            var dropped = _start - ShownBefore;
            _bytes.AsSpan(dropped, _end - dropped).CopyTo(_bytes);
            _decoded -= dropped;
            _end -= dropped;
            _start -= dropped;
        }

        if (_bytes.Length - _end < BlockBytes / 2) Array.Resize(ref _bytes, _bytes.Length * 2);
        var read = _stream.Read(_bytes, _end, _bytes.Length - _end);
        _end += read;
        return read == 0;
    }

    private void Decode(bool all)
    {
        if (_raw)
        {
            _decoded = _end;
            if (_encoding.IsUtf8 && (Window.Length >= 3 || all)) SkipMark();
            return;
        }

        var fresh = _bytes.AsSpan(_decoded, _end - _decoded);
        if (!all) fresh = fresh[..(fresh.IsEmpty ? 0 : _encoding.CompletePrefix(fresh))];
        if (_asIs) AcceptUtf8(fresh);
        else if (_replaces) Replace(fresh);
        else Transcode(fresh);
    }

    private void AcceptUtf8(ReadOnlySpan<byte> fresh)
    {
        var bad = Utf8.IsValid(fresh) ? -1 : BadBytes.FirstBadUtf8(fresh);
        var good = bad < 0 ? fresh : fresh[..bad];
        _onlyAscii = _onlyAscii && Ascii.IsValid(good);
        _decoded += good.Length;
        SkipMark();
        if (bad < 0) return;
        Fault = NotUtf8(EndOfWindow());
    }

    private Finding NotUtf8(SourcePosition at)
    {
        // What follows tells whether the file is GBK; how the stream comes in must not.
        while (_onlyAscii && _end - _decoded < BadBytes.GbkProbeBytes && !Read())
        {
        }

        return BadBytes.NotUtf8(_bytes.AsSpan(_first, _end - _first), _decoded - _first, Offset + _decoded - _start, _onlyAscii, at);
    }

    private void Transcode(ReadOnlySpan<byte> fresh)
    {
        _decoding.ResetWrittenCount();
        var bad = _encoding.Decode(fresh, _decoding);
        Append(_decoding.WrittenSpan);
        _decoded += bad < 0 ? fresh.Length : bad;
        SkipMark();
        if (bad >= 0) Fault = BadBytes.Bad(_encoding.Display, _bytes.AsSpan(_first, _end - _first), _decoded - _first, Offset + _decoded - _start, EndOfWindow());
    }

    private void Replace(ReadOnlySpan<byte> fresh)
    {
        var units = ArrayPool<char>.Shared.Rent(BlockBytes);
        while (!fresh.IsEmpty)
        {
            var block = fresh.Length <= BlockBytes ? fresh : fresh[.._encoding.CompletePrefix(fresh[..BlockBytes])];
            var count = _encoding.DecodeReplacing(block, units, out var replaced, out var first);
            if (replaced > 0) AppendUnits(units.AsSpan(0, first));
            Replaced.Add(replaced, EndOfWindow);
            AppendUnits(units.AsSpan(Math.Max(0, first), count - Math.Max(0, first)));
            _decoded += block.Length;
            fresh = fresh[block.Length..];
        }

        ArrayPool<char>.Shared.Return(units);
    }

    private void AppendUnits(ReadOnlySpan<char> units)
    {
        _decoding.ResetWrittenCount();
        Encoding.UTF8.GetBytes(units, _decoding);
        Append(_decoding.WrittenSpan);
        SkipMark();
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (_utf8.Length - _utf8End < text.Length)
        {
            var kept = _utf8.AsSpan(_utf8Start, _utf8End - _utf8Start);
            var target = kept.Length + text.Length <= _utf8.Length ? _utf8 : new byte[Math.Max(_utf8.Length * 2, kept.Length + text.Length)];
            kept.CopyTo(target);
            (_utf8, _utf8Start, _utf8End) = (target, 0, kept.Length);
        }

        text.CopyTo(_utf8.AsSpan(_utf8End));
        _utf8End += text.Length;
    }

    /// <summary>A mark is one only where the file begins; a second one is a character like others.</summary>
    private void SkipMark()
    {
        if (!_atStart || Window.IsEmpty) return;
        _atStart = false;
        if (!Window.Span.StartsWith("\uFEFF"u8)) return;
        Take(3);
        Column = 1;
    }

    private SourcePosition EndOfWindow()
    {
        var text = Window.Span;
        var breaks = Characters.LineBreaks(text);
        var column = Characters.Count(text[(text.LastIndexOf((byte)'\n') + 1)..]) + (breaks > 0 ? 1 : Column);
        return new SourcePosition(_options.File, Line + breaks, column);
    }
}
