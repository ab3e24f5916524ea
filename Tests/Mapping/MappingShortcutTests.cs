using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Mapping.Tracing;

namespace Tests.Mapping;

/// <summary>A watched run takes no shortcut: what is written without being watched, and what is reported, must be the same.</summary>
public sealed class MappingShortcutTests
{
    private const string Fields = """
        text: no
        deep: buyer.name
        number: qty
        decimal: { from: price, type: decimal }
        scaled: { from: price, type: decimal, scale: 2, required: false }
        total: { expr: qty * price * (100 - disc) / 100, type: decimal, scale: 2 }
        even: { expr: qty * price, type: decimal, scale: 1, round: half-even, required: false, on_error: drop }
        up: { expr: price / 3, type: decimal, scale: 2, round: up, on_error: default, default: 0 }
        plain: = qty * price + disc
        joined: = no & "/" & qty
        lower: = $lowercase(no)
        before: = $substringBefore(no, "-")
        flag: { from: live, required: false }
        live: = live = true
        trimmed: { from: no, trim: true, empty_as: missing, required: false }
        lines: { each: lines, fields: { q: qty, t: { expr: qty * price, type: decimal, scale: 3 }, n: $index } }
        """;

    [Fact]
    public void Run_OfRandomRecords_IsTheWatchedRun()
    {
        var plan = Mapped.Plan(Mapped.Fields(Fields));
        using var run = new MappingRun(plan);
        using var watched = new MappingRun(plan) { Trace = new MappingTrace() };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Record), json => Assert.Equal(Shown(watched, json), Shown(run, json))));
    }

    private static Gen<string> Record =>
        from no in Gen.Elements("\"SO-1\"", "\"so\"", "\" A-\\u00e9 \"", "\"\"", "\"a\\\"b\"", "\"ÄÖ-x\"", "null", "12")
        from numbers in Gen.ListOf(Number, 5)
        from live in Gen.Elements("true", "false", "null", "\"true\"")
        from buyer in Gen.Elements("{\"name\":\"Vins\"}", "[{\"name\":\"a\"},{\"name\":\"b\"}]", "{}", "\"none\"")
        from shuffled in Gen.Shuffle(new[] { $"\"no\":{no}", $"\"qty\":{numbers[0]}", $"\"price\":{numbers[1]}", $"\"disc\":{numbers[2]}", $"\"live\":{live}", $"\"buyer\":{buyer}", $"\"lines\":[{{\"qty\":{numbers[3]},\"price\":{numbers[4]}}},{{\"price\":1,\"qty\":2}}]" })
        from count in Gen.Frequency((6, Gen.Constant(7)), (1, Gen.Choose(0, 6)))
        select "{" + string.Join(',', shuffled.Take(count)) + "}";

    private static Gen<string> Number => Gen.Frequency(
        (8, Gen.Choose(-100_000, 100_000).Select(i => (i / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture))),
        (2, Gen.Elements("0", "-0.00", "1.005", "2.5", "-2.345", "99999999999999999999.995", "1e2", "123456789012345678901234567890", "0.0000000000000000000000000001")),
        (1, Gen.Elements("\"7\"", "null", "true", "[]")));

    private static string Shown(MappingRun run, string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        var output = new ArrayBufferWriter<byte>();
        var result = run.Plan.Run(run, Value.FromTape(builder.Build(), 0), output);
        return string.Join('\n', [$"{result.Kind}", Encoding.UTF8.GetString(output.WrittenSpan), .. result.Findings.Select(f => f.ToString())]);
    }
}
