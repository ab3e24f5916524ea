using System.Text.Json;
using Mappings.Documents;
using Mappings.Expressions;

namespace Tests.Expressions;

/// <summary>JSON onto a tape, for tests: as small as can be, and independent of the reader under test elsewhere.</summary>
internal static class JsonTape
{
    public static Value Read(string json) => Read(System.Text.Encoding.UTF8.GetBytes(json));

    public static Value Read(byte[] json)
    {
        var builder = new TapeBuilder();
        builder.Reset(json);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read())
        {
            var at = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: builder.StartObject(at); break;
                case JsonTokenType.StartArray: builder.StartArray(at); break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray: builder.End(); break;
                case JsonTokenType.PropertyName when reader.ValueIsEscaped: builder.Name(Unescape(ref reader), at); break;
                case JsonTokenType.PropertyName: builder.NameInInput(at + 1, reader.ValueSpan.Length); break;
                case JsonTokenType.String when reader.ValueIsEscaped: builder.Text(Unescape(ref reader), at); break;
                case JsonTokenType.String: builder.TextInInput(at + 1, reader.ValueSpan.Length); break;
                case JsonTokenType.Number: builder.NumberInInput(at, reader.ValueSpan.Length); break;
                case JsonTokenType.True or JsonTokenType.False: builder.Boolean(reader.GetBoolean(), at); break;
                default: builder.Null(at); break;
            }
        }

        return Value.FromTape(builder.Build(), 0);
    }

    private static byte[] Unescape(ref Utf8JsonReader reader)
    {
        var buffer = new byte[reader.ValueSpan.Length];
        return buffer[..reader.CopyString(buffer)];
    }
}
