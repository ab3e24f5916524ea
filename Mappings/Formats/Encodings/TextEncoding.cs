using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Mappings.Diagnostics;

namespace Mappings.Formats.Encodings;

/// <summary>
/// One encoding, strict in both directions: bytes that are not text in it are refused with their offset, and characters
/// it cannot hold are refused with their code point. .NET's own decoders are more lenient than their names: cp936 reads
/// FF as U+F8F5, 80 as the euro sign, and user-defined pairs as private-use characters; none of these are text here.
/// </summary>
public sealed partial class TextEncoding
{
    private readonly TextEncodingKind _kind;
    private readonly Encoding _strict;

    /// <summary>Gives U+FFFD where <see cref="_strict"/> throws.</summary>
    private readonly Encoding _lenient;

    internal TextEncoding(string name, string display, TextEncodingKind kind, Encoding strict)
    {
        Name = name;
        Display = display;
        _kind = kind;
        _strict = strict;
        _lenient = Encoding.GetEncoding(strict.CodePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    /// <summary>The name as it was written in the configuration.</summary>
    public string Name { get; }

    /// <summary>The name as people know it, for messages: UTF-8, GBK.</summary>
    public string Display { get; }

    public bool IsUtf8 => _kind == TextEncodingKind.Utf8;

    /// <summary>True for <see cref="TextEncodings.Auto"/>, which readers resolve and writers refuse.</summary>
    public bool IsAuto => _kind == TextEncodingKind.Auto;

    /// <summary>True when both stand for the same encoding under whatever name; UTF-16 is one encoding in either byte order.</summary>
    public bool IsSameAs(TextEncoding other) => (_kind == other._kind && _strict.CodePage == other._strict.CodePage) || (IsUtf16 && other.IsUtf16);

    internal bool IsUtf16 => _kind is TextEncodingKind.Utf16LittleEndian or TextEncodingKind.Utf16BigEndian;

    /// <summary>The same, saying in messages that it was found out and not declared.</summary>
    internal TextEncoding AsDetected() => new(Name, $"{Display} ({TextEncodings.AutoName})", _kind, _strict);

    /// <summary>A whole buffer as UTF-8, without a byte order mark; the same memory when it is UTF-8 already.</summary>
    /// <param name="error">ENC101 or ENC102 with the place of the first bad byte.</param>
    public bool TryToUtf8(ReadOnlyMemory<byte> bytes, string file, out ReadOnlyMemory<byte> utf8, [NotNullWhen(false)] out Finding? error)
    {
        error = null;
        if (IsUtf8)
        {
            utf8 = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            if (!Utf8.IsValid(bytes.Span)) error = BadBytes.NotUtf8(bytes.Span, file);
            return error is null;
        }

        var output = new ArrayBufferWriter<byte>(Math.Max(256, bytes.Length + (bytes.Length / 2)));
        var bad = Decode(bytes.Span, output);
        utf8 = output.WrittenSpan.StartsWith("\uFEFF"u8) ? output.WrittenMemory[3..] : output.WrittenMemory;
        if (bad >= 0) error = BadBytes.NotThis(this, bytes.Span, bad, output.WrittenSpan, file);
        return error is null;
    }

    /// <summary>Writes text in this encoding.</summary>
    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="replace">Write <c>?</c> for what the encoding cannot hold, instead of refusing it.</param>
    /// <param name="at">Where the text comes from, for ENC110.</param>
    /// <param name="path">The field the text belongs to; may be empty.</param>
    public bool TryEncode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, bool replace, SourcePosition at, string path, [NotNullWhen(false)] out Finding? error)
    {
        error = null;
        if (IsUtf8)
        {
            output.Write(utf8);
            return true;
        }

        while (!utf8.IsEmpty)
        {
            var block = utf8.Length <= BlockBytes ? utf8 : utf8[..Math.Max(1, TextEncodings.Utf8.CompletePrefix(utf8[..BlockBytes]))];
            if (!TryEncodeWhole(block, output) && !TryEncodeEach(block, output, replace, at, path, out error)) return false;
            utf8 = utf8[block.Length..];
        }

        return true;
    }

    private bool TryEncodeEach(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, bool replace, SourcePosition at, string path, [NotNullWhen(false)] out Finding? error)
    {
        error = null;
        Span<char> units = stackalloc char[2];
        Span<byte> encoded = stackalloc byte[8];
        while (!utf8.IsEmpty)
        {
            var ascii = utf8.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            var plain = utf8[..(ascii < 0 ? utf8.Length : ascii)];
            WriteAscii(plain, output);
            utf8 = utf8[plain.Length..];
            if (utf8.IsEmpty) break;
            Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
            utf8 = utf8[consumed..];
            var length = EncodeOne(units[..rune.EncodeToUtf16(units)], encoded);
            if (length > 0) output.Write(encoded[..length]);
            else if (replace) WriteAscii("?"u8, output);
            else
            {
                error = BadBytes.CannotHold(this, rune, at, path);
                return false;
            }
        }

        return true;
    }

    /// <summary>Encodes all at once where every character has its place; one without makes it begin again, one by one.</summary>
    private bool TryEncodeWhole(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        var units = ArrayPool<char>.Shared.Rent((2 * utf8.Length) + 1);
        try
        {
            var count = Encoding.UTF8.GetChars(utf8, units);
            var target = output.GetSpan(_strict.GetMaxByteCount(count));
            var length = _strict.GetBytes(units.AsSpan(0, count), target);
            if (IsLegacyDoubleByte && DecodeBlock(target[..length], units) != count) return false;
            output.Advance(length);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(units);
        }
    }

    private void WriteAscii(ReadOnlySpan<byte> ascii, IBufferWriter<byte> output)
    {
        if (!IsUtf16)
        {
            output.Write(ascii);
            return;
        }

        var target = output.GetSpan(ascii.Length * 2);
        var high = _kind == TextEncodingKind.Utf16BigEndian ? 0 : 1;
        for (var i = 0; i < ascii.Length; i++)
        {
            target[(i * 2) + high] = 0;
            target[(i * 2) + 1 - high] = ascii[i];
        }

        output.Advance(ascii.Length * 2);
    }

    /// <summary>True when the encoding has the character.</summary>
    internal bool Holds(Rune character)
    {
        if (IsUtf8 || IsUtf16 || _kind == TextEncodingKind.Gb18030) return true;
        Span<char> units = stackalloc char[2];
        Span<byte> encoded = stackalloc byte[8];
        return EncodeOne(units[..character.EncodeToUtf16(units)], encoded) > 0;
    }

    /// <summary>Bytes of one character; 0 when this encoding cannot hold it, or would only hold it as bytes that it does not read back.</summary>
    private int EncodeOne(ReadOnlySpan<char> character, Span<byte> target)
    {
        try
        {
            var length = _strict.GetBytes(character, target);
            return FirstBad(target[..length]) < 0 ? length : 0;
        }
        catch (EncoderFallbackException)
        {
            return 0;
        }
    }
}
