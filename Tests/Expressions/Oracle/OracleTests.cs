using System.Text;
using System.Text.Json;
using Hub.Host.Commands;
using Xunit;
using Xunit.Abstractions;

namespace Tests.Expressions.Oracle;

/// <summary>The same random expressions for jsonata-js and for the hub's engine, all answers compared under the number rule.</summary>
[Trait("Category", "Oracle")]
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int Expressions = 12_000;
    private const int LongestText = 400;
    private const int Seed = 20260127;

    [OracleFact]
    public async Task RandomExpressions_AnsweredByJsonataJs_GetTheSameAnswers()
    {
        Assert.True(OracleProcess.IsInstalled, "jsonata-js is not installed: run eng/oracle");
        var asked = Generate().ToList();
        var theirs = await OracleProcess.AskAsync([.. asked.Select(a => a.Line)]);
        Assert.Equal(asked.Count, theirs.Count);
        using var hub = new EvalLine(EvalLine.Conformance);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failures = new List<string>();
        for (var i = 0; i < asked.Count; i++)
        {
            using var ours = JsonDocument.Parse(hub.Answer(Encoding.UTF8.GetBytes(asked[i].Line)), new JsonDocumentOptions { MaxDepth = 1000 });
            if (Agree(theirs[i], ours.RootElement)) continue;
            if (OracleDifferences.Reason(theirs[i], ours.RootElement) is { } reason) reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            else failures.Add($"{asked[i].Line}\n  jsonata-js: {theirs[i].GetRawText()}\n  hub:        {ours.RootElement.GetRawText()}");
        }

        output.WriteLine($"{asked.Count - failures.Count - reasons.Values.Sum()} of {asked.Count} the same");
        foreach (var (reason, count) in reasons) output.WriteLine($"{count,5} {reason}");
        Assert.Empty(failures.Take(20));
    }

    private static IEnumerable<(string Text, string Line)> Generate()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Expressions; i++)
        {
            var (json, names) = OracleDocuments.All[i % OracleDocuments.All.Length];
            var text = new ExpressionGenerator(random, names).Next();
            if (text.Length <= LongestText) yield return (text, $$"""{"expr":{{JsonSerializer.Serialize(text)}},"data":{{json}},"timelimit":1000}""");
        }
    }

    private static bool Agree(JsonElement a, JsonElement b)
    {
        foreach (var kind in (string[])["error", "result", "undefined", "function"])
        {
            var has = a.TryGetProperty(kind, out var left);
            if (has != b.TryGetProperty(kind, out var right)) return false;
            if (has && !JsonSame.Are(left, right)) return false;
        }

        return true;
    }
}
