using System.Globalization;
using System.Text.Json;
using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Tests.Expressions;

/// <summary>Runs one case and says what is wrong with the answer.</summary>
internal static class SuiteRun
{
    private const int EvaluationsPerCall = 3;
    private static readonly string[] GuardCodes = ["D1011", "D1012", "LIM501", "LIM502", "D2015"];

    /// <returns>Null when the case passes, else expected and found.</returns>
    public static string? Failure(SuiteCase test, bool specialise)
    {
        var variables = test.Bindings is { ValueKind: JsonValueKind.Object } bound ? bound.EnumerateObject().ToList() : [];
        var options = new ExpressionOptions
        {
            Profile = ExpressionProfile.Everything, Strict = false, Variables = [.. variables.Select(v => v.Name)], Specialise = specialise,
        };
        var findings = new Findings();
        var expression = Expression.Compile(test.Text, options, findings, ExpressionOrigin.None);
        if (expression is null) return Code(test, findings.First().Code, findings.First().ToString());
        var context = new EvaluationContext(options.Variables, Limits(test));
        foreach (var variable in variables) context.Set(variable.Name, JsonTape.Read(variable.Value.GetRawText()));
        try
        {
            var value = expression.Evaluate(context, test.Input is null ? Value.Missing : JsonTape.Read(test.Input));
            return Compare(test, value);
        }
        catch (EvaluationException error)
        {
            return Code(test, error.Code, error.Message);
        }
    }

    private static ExpressionLimits Limits(SuiteCase test) => new()
    {
        // The suite counts evaluations of nodes, about three for each call of a recursive function.
        CallDepth = test.Depth / EvaluationsPerCall ?? 1000,
        Steps = test.Depth is null ? 50_000_000 : 1_000_000,
        Time = TimeSpan.FromSeconds(10),
        TextLength = 1 << 26,
        TotalText = 1 << 28,
        SequenceLength = 10_000_001,
    };

    private static string? Code(SuiteCase test, string code, string message)
    {
        if (test.Code is null) return $"unexpected {code}: {message}";
        if (test.Code == code || (test.Code == "U1001" && GuardCodes.Contains(code))) return null;
        return $"expected {test.Code}, found {code}: {message}";
    }

    private static string? Compare(SuiteCase test, Value value)
    {
        if (test.Code is not null) return $"expected {test.Code}, found {value}";
        if (test.Result is not { } expected) return value.IsMissing ? null : $"expected no value, found {value}";
        if (value.IsMissing) return $"expected {expected.GetRawText()}, found no value";
        if (value.IsFunction) return $"expected {expected.GetRawText()}, found a function";
        using var found = JsonDocument.Parse(value.ToString(), new JsonDocumentOptions { MaxDepth = 1000 });
        return Same(expected, found.RootElement, test.IsUnordered) ? null : $"expected {expected.GetRawText()}, found {value}";
    }

    private static bool Same(JsonElement a, JsonElement b, bool unordered)
    {
        if (a.ValueKind != b.ValueKind) return false;
        switch (a.ValueKind)
        {
            case JsonValueKind.Number: return Digits(a) == Digits(b);
            case JsonValueKind.String: return a.GetString() == b.GetString();
            case JsonValueKind.Array:
                var left = a.EnumerateArray().ToList();
                var right = b.EnumerateArray().ToList();
                if (left.Count != right.Count) return false;
                if (!unordered) return left.Zip(right).All(p => Same(p.First, p.Second, false));
                return left.All(l => right.FindIndex(r => Same(l, r, true)) is var at and >= 0 && Taken(right, at));
            case JsonValueKind.Object:
                var members = a.EnumerateObject().ToList();
                return members.Count == b.EnumerateObject().Count() && members.TrueForAll(m => b.TryGetProperty(m.Name, out var other) && Same(m.Value, other, unordered));
            default: return true;
        }
    }

    private static bool Taken(List<JsonElement> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static string Digits(JsonElement number) => number.GetDouble().ToString("E14", CultureInfo.InvariantCulture);
}
