using System.Text;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Base64 and URL encodings.</summary>
internal static class EncodingFunctions
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";
    private const string Reserved = ";,/?:@&=+$#";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static readonly Builtin[] All =
    [
        new("base64encode", "<s-:s>", Base64Encode),
        new("base64decode", "<s-:s>", Base64Decode),
        new("encodeUrlComponent", "<s-:s>", EncodeUrlComponent),
        new("encodeUrl", "<s-:s>", EncodeUrl),
        new("decodeUrlComponent", "<s-:s>", DecodeUrlComponent),
        new("decodeUrl", "<s-:s>", DecodeUrl),
    ];

    private static Value Base64Encode(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) =>
        a[0].IsMissing ? default : TextFunctions.Made(f, Convert.ToBase64String(Latin1(f, a[0])));

    /// <summary>One byte a character. JSONata takes the low byte of all others, which nobody can read back: the hub refuses them.</summary>
    private static byte[] Latin1(in Frame f, in Value value)
    {
        var text = value.AsText()!;
        f.Text(text.Length);
        var bytes = new byte[text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (text[i] > byte.MaxValue && f.Unit.Strict) throw Errors.InCall(f, "MAP279", value);
            bytes[i] = unchecked((byte)text[i]);
        }

        return bytes;
    }

    private static Value Base64Decode(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var text = a[0].AsText()!;
        var bytes = new byte[text.Length];
        if (!f.Unit.Strict) text = OnlyBase64(text);
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var written)) throw Errors.InCall(f, "D3142", a[0]);
        return TextFunctions.Made(f, Encoding.Latin1.GetString(bytes, 0, written));
    }

    /// <summary>As jsonata-js reads it: up to the first <c>=</c>, without foreign characters and without a last one that is no byte; also of base64url.</summary>
    private static string OnlyBase64(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal);
        var signs = (end < 0 ? text : text[..end]).Replace('-', '+').Replace('_', '/').Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/').ToArray();
        return new string(signs, 0, signs.Length % 4 == 1 ? signs.Length - 1 : signs.Length);
    }

    private static Value EncodeUrlComponent(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Encode(ref f, a[0], Unreserved, "encodeUrlComponent");

    private static Value EncodeUrl(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Encode(ref f, a[0], Unreserved + Reserved, "encodeUrl");

    private static Value DecodeUrlComponent(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Decode(ref f, a[0], string.Empty, "decodeUrlComponent");

    private static Value DecodeUrl(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Decode(ref f, a[0], Reserved, "decodeUrl");

    private static Value Encode(ref Frame f, in Value value, string plain, string name)
    {
        if (value.IsMissing) return default;
        var text = value.AsText()!;
        f.Text(text.Length * 3L);
        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Errors.InCall(f, "D3140", value, ("name", name));
        }

        var result = new StringBuilder(text.Length);
        foreach (var b in bytes)
        {
            if (plain.Contains((char)b, StringComparison.Ordinal)) result.Append((char)b);
            else result.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return Value.FromText(result.ToString());
    }

    private static Value Decode(ref Frame f, in Value value, string kept, string name)
    {
        if (value.IsMissing) return default;
        var text = value.AsText()!;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var size = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, size)));
                i += size - 1;
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])) throw Errors.InCall(f, "D3140", value, ("name", name));
            var b = Convert.ToByte(text.Substring(i + 1, 2), 16);
            if (kept.Contains((char)b, StringComparison.Ordinal)) bytes.AddRange(Encoding.ASCII.GetBytes(text.Substring(i, 3)));
            else bytes.Add(b);
            i += 2;
        }

        try
        {
            return TextFunctions.Made(f, Strict.GetString([.. bytes]));
        }
        catch (DecoderFallbackException)
        {
            throw Errors.InCall(f, "D3140", value, ("name", name));
        }
    }
}
