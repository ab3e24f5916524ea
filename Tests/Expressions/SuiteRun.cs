using System.Globalization;
using System.Text.Json;
using Hub.Host.Commands;
using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Tests.Expressions;

/// <summary>Runs one case the whole way - bytes, tape, closures, JSON writer, text - and says what is wrong with the answer.</summary>
internal static class SuiteRun
{
    /// <returns>Null when the case passes, else expected and found.</returns>
    public static string? Failure(SuiteCase test, SuiteWay way)
    {
        var variables = test.Bindings is { } bound ? bound.EnumerateObject().ToList() : [];
        var options = EvalLine.Conformance with { Variables = [.. variables.Select(v => v.Name)], Shortcuts = way.Shortcuts };
        var findings = new Findings();
        var expression = Expression.Compile(test.Text, options, findings, ExpressionOrigin.None);
        if (expression is null) return Error(test, findings.First(), null);
        var context = new EvaluationContext(options.Variables, Limits(test));
        foreach (var variable in variables) context.Set(variable.Name, Input(variable.Value.GetRawText(), way));
        try
        {
            var value = expression.Evaluate(context, test.Input is null ? Value.Missing : Input(test.Input, way));
            return Compare(test, value);
        }
        catch (EvaluationException error)
        {
            return Error(test, error.Findings[0], error.Start);
        }
    }

    private static Value Input(string json, SuiteWay way) => way.FromBytes ? JsonTape.Read(json) : Computed(JsonTape.Read(json));

    /// <summary>The same document as computed values, node by node.</summary>
    private static Value Computed(Value value) => value.Kind switch
    {
        ValueKind.Array => Value.FromItems(Copied(value)),
        ValueKind.Object => Value.FromMembers(Members(value)),
        ValueKind.Text => Value.FromText(value.AsText()),
        ValueKind.Number when value.TryGetDecimal(out var number) => Value.FromNumber(number),
        _ => value,
    };

    private static List<Value> Copied(Value array)
    {
        var items = new List<Value>();
        foreach (var item in array.Items()) items.Add(Computed(item));
        return items;
    }

    private static List<KeyValuePair<string, Value>> Members(Value source)
    {
        var members = new List<KeyValuePair<string, Value>>();
        foreach (var member in source.Members()) members.Add(new(member.Name, Computed(member.Value)));
        return members;
    }

    private static ExpressionLimits Limits(SuiteCase test) => EvalLine.Limits with
    {
        CallDepth = test.Depth / EvalLine.EvaluationsPerCall ?? EvalLine.Limits.CallDepth,
        Steps = test.Depth is null ? EvalLine.Limits.Steps : 1_000_000,

        // Where an answer is expected, a busy machine must not be taken for a slow engine.
        Time = test.Code is null ? TimeSpan.FromSeconds(60) : test.TimeLimit ?? EvalLine.Limits.Time,
    };

    private static string? Error(SuiteCase test, Finding found, int? position)
    {
        if (test.Code is null) return $"unexpected {found}";
        if (test.Code != found.Code && !(test.Code == EvalLine.SuiteLimit && EvalLine.IsLimit(found.Code))) return $"expected {test.Code}, found {found}";
        if (test.Token is { } token && ErrorToken.Of(found, test.Text, position) is var named && token != named) return $"expected the token {token}, found {named ?? "none"}";
        return test.Message is { } message && message != found.Message(CultureInfo.InvariantCulture) ? $"expected \"{message}\", found {found}" : null;
    }

    private static string? Compare(SuiteCase test, Value value)
    {
        if (test.Code is not null) return $"expected {test.Code}, found {value}";
        if (test.Result is not { } expected) return value.IsMissing ? null : $"expected no value, found {value}";
        if (value.IsMissing) return $"expected {expected.GetRawText()}, found no value";
        if (value.IsFunction) return $"expected {expected.GetRawText()}, found a function";
        using var found = JsonDocument.Parse(value.ToString(), new JsonDocumentOptions { MaxDepth = 1000 });
        return JsonSame.Are(expected, found.RootElement, test.IsUnordered) ? null : $"expected {expected.GetRawText()}, found {value}";
    }
}
