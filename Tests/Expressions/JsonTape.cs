using System.Text;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Xunit;

namespace Tests.Expressions;

/// <summary>Shorthand of the expression tests: JSON as the value of its root.</summary>
internal static class JsonTape
{
    /// <summary>What the expressions refuse themselves must come past the reader.</summary>
    private static readonly ReaderOptions Options = new() { MaxExponent = 999_999_999 };

    public static Value Read(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, Options, out var error), error?.ToString());
        return Value.FromTape(builder.Build(), 0);
    }
}
