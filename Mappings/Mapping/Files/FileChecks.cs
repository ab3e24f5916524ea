using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Files;

/// <summary>The checks of a mapping on the whole file. Immutable; shared by all threads, each file with its own <see cref="FileCheckRun"/>.</summary>
public sealed class FileChecks
{
    internal FileChecks(FileCheckCode[] checks) => Checks = checks;

    internal FileCheckCode[] Checks { get; }

    /// <param name="clock">Measures the time limit of expressions.</param>
    /// <param name="keepBytes">Bytes of records that are kept at most, for checks that need all of them at once.</param>
    public FileCheckRun Start(TimeProvider clock, long keepBytes) => new(this, clock, keepBytes);

    /// <returns>Null when <paramref name="findings"/> received an error.</returns>
    internal static FileCheckCode? Compile(CheckDefinition check, ExpressionOptions options, Findings findings)
    {
        var text = check.Expression;
        var origin = YamlOrigin.Of(text);
        var split = RecordsText.Of(text.Text);
        var aggregates = new List<RecordsAggregate>();
        foreach (var (variable, function, ofRecord) in split?.Calls ?? [])
        {
            if (Aggregate(variable, function, ofRecord, options, findings, origin) is not { } aggregate) return null;
            aggregates.Add(aggregate);
        }

        string[] names = ["file", RecordsText.Records, .. aggregates.Select(a => a.Variable)];
        var inCheck = options with { Variables = names };
        if (Expression.Compile(split?.Rewritten ?? text.Text, inCheck, findings, origin) is not { } condition) return null;
        var sides = RecordsText.Sides(condition.Text) is var (left, right)
            && Expression.Compile(left, inCheck, [], origin) is { } leftCode && Expression.Compile(right, inCheck, [], origin) is { } rightCode
            ? (leftCode, rightCode)
            : ((Expression, Expression)?)null;
        var keeps = condition.Facts.Variables.Contains(RecordsText.Records);
        if (keeps) findings.Warning("MAP287", text.PositionAt(0), string.Empty, ("name", check.Name));
        return new FileCheckCode(check, condition, sides, [.. aggregates], names, keeps);
    }

    /// <summary>An average is a sum and a count; a count is a sum of counts.</summary>
    private static RecordsAggregate? Aggregate(string variable, string function, string ofRecord, ExpressionOptions options, Findings findings, ExpressionOrigin origin)
    {
        Expression? Of(string name) => Expression.Compile(Named(ofRecord, function, name), options with { Variables = [] }, findings, origin);
        var isAverage = function == "average";
        if (Of(isAverage ? "sum" : function) is not { } code) return null;
        var count = isAverage ? Of("count") : null;
        if (isAverage && count is null) return null;
        var fold = function switch { "min" => RecordsFold.Min, "max" => RecordsFold.Max, _ => RecordsFold.Sum };
        return new RecordsAggregate(variable, fold, code, count);
    }

    /// <summary>The call with another function's name, padded.</summary>
    private static string Named(string call, string function, string name)
    {
        var at = call.IndexOf('$', StringComparison.Ordinal);
        return string.Concat(call.AsSpan(0, at + 1), name.PadRight(function.Length), call.AsSpan(at + 1 + function.Length));
    }
}
