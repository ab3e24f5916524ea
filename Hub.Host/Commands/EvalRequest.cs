using System.Globalization;
using System.Text;
using System.Text.Json;
using Mappings.Expressions;

namespace Hub.Host.Commands;

/// <summary>What a line of <c>hub eval --lines</c> asks for.</summary>
internal sealed class EvalRequest
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    public string Text { get; private set; } = string.Empty;

    /// <summary>JSON; empty for no input.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>A JSON object; empty for none.</summary>
    public ReadOnlyMemory<byte> Bindings { get; private set; }

    public double? TimeLimit { get; private set; }

    public int? Depth { get; private set; }

    /// <returns>The request; null when the line is no object with the text <c>expr</c>.</returns>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static EvalRequest? Read(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        var request = new EvalRequest();
        var hasText = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Unescaped(reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            switch (name)
            {
                case "expr":
                    if (reader.TokenType != JsonTokenType.String) return null;
                    request.Text = Unescaped(reader.ValueSpan);
                    hasText = true;
                    break;
                case "timelimit" when reader.TokenType == JsonTokenType.Number:
                    request.TimeLimit = reader.GetDouble();
                    break;
                case "depth" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var depth):
                    request.Depth = depth;
                    break;
            }

            reader.Skip();
            var json = line[start..(int)reader.BytesConsumed];
            if (name == "data") request.Data = json;
            if (name == "bindings") request.Bindings = json;
        }

        while (reader.Read())
        {
            // What stands behind the object is no JSON any more: the reader says so.
        }

        return hasText ? request : null;
    }

    /// <summary>The limits of a line, lowered to what it asks for.</summary>
    public ExpressionLimits Within(ExpressionLimits limits, int evaluationsPerCall)
    {
        if (TimeLimit is >= 0 and var millis && millis < limits.Time.TotalMilliseconds) limits = limits with { Time = TimeSpan.FromMilliseconds(millis) };
        return Depth is { } depth && depth / evaluationsPerCall < limits.CallDepth ? limits with { CallDepth = Math.Max(0, depth / evaluationsPerCall) } : limits;
    }

    /// <summary>A JSON text's characters; half a surrogate pair stays as it is, which .NET's own reader refuses.</summary>
    private static string Unescaped(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var c = text[++i];
            if (c == 'u')
            {
                result.Append((char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else result.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c });
        }

        return result.ToString();
    }
}
