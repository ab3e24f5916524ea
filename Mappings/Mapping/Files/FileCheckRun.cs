using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Mappings.Mapping.Files;

/// <summary>The checks of one file while it is being read: memory is what is gathered, not the records. Not thread-safe.</summary>
public sealed class FileCheckRun : IDisposable
{
    private readonly FileChecks _checks;
    private readonly TimeProvider _clock;
    private readonly long _keepBytes;
    private readonly EvaluationContext _ofRecord;
    private readonly (Value Sum, Value Count)[][] _gathered;
    private readonly Finding?[] _failed;
    private readonly bool _keeps;
    private Utf8JsonOutput? _kept;

    internal FileCheckRun(FileChecks checks, TimeProvider clock, long keepBytes)
    {
        _checks = checks;
        _clock = clock;
        _keepBytes = keepBytes;
        _ofRecord = new EvaluationContext([], null, clock);
        _gathered = [.. checks.Checks.Select(c => new (Value, Value)[c.Aggregates.Length])];
        _failed = new Finding?[checks.Checks.Length];
        _keeps = Array.Exists(checks.Checks, c => c.KeepsRecords);
        if (!_keeps) return;
        _kept = new Utf8JsonOutput();
        _kept.StartArray();
    }

    /// <summary>Takes a record of the file, as it was read; nothing of it is needed afterwards.</summary>
    /// <param name="at">Where it begins.</param>
    public void Add(in Value record, SourcePosition at)
    {
        for (var i = 0; i < _checks.Checks.Length; i++)
        {
            // A check that cannot be gathered any more has failed; the first reason is the one to tell.
            if (_failed[i] is null) Gather(i, record, at);
        }

        if (_kept is null) return;
        record.WriteTo(_kept);
        if (_kept.Written.Length <= _keepBytes) return;
        _kept.Dispose();
        _kept = null;
    }

    /// <summary>What is wrong with the file as a whole.</summary>
    /// <param name="file">What <c>$file</c> means; missing when the format has none.</param>
    /// <param name="name">Of the file, for findings.</param>
    public IReadOnlyList<Finding> Finish(in Value file, string name)
    {
        var at = SourcePosition.WholeFile(name);
        var findings = new List<Finding>();
        var records = Records(out var limit);
        for (var i = 0; i < _checks.Checks.Length; i++)
        {
            var check = _checks.Checks[i];
            var finding = _failed[i] ?? (check.KeepsRecords ? limit : null);
            if (finding is null)
            {
                var context = new EvaluationContext(check.Names, null, _clock);
                context.Begin(_clock.GetUtcNow());
                context[0] = file;
                context[1] = records;
                for (var a = 0; a < check.Aggregates.Length; a++) context[a + 2] = Total(check.Aggregates[a], _gathered[i][a]);
                finding = check.Run(context, at);
            }
            else if (ReferenceEquals(finding, limit)) finding = check.Of("DAT375", at, ("limit", Shown(_keepBytes)));

            if (finding is not null) findings.Add(finding);
        }

        return findings;
    }

    public void Dispose() => _kept?.Dispose();

    private static Value Total(RecordsAggregate aggregate, (Value Sum, Value Count) gathered)
    {
        if (aggregate.CountOfRecord is not null) return gathered.Sum.IsMissing ? Value.Missing : Arithmetic.Divide(gathered.Sum, gathered.Count);

        // A file without records has a count, and a sum of nothing.
        return gathered.Sum.IsMissing && aggregate.Fold == RecordsFold.Sum ? Value.FromNumber(0L) : gathered.Sum;
    }

    private static string Shown(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);

    private void Gather(int check, in Value record, SourcePosition at)
    {
        var code = _checks.Checks[check];
        try
        {
            for (var i = 0; i < code.Aggregates.Length; i++)
            {
                var aggregate = code.Aggregates[i];
                ref var gathered = ref _gathered[check][i];
                gathered.Sum = RecordsAggregate.Add(aggregate.Fold, gathered.Sum, Evaluate(aggregate.OfRecord, record));
                if (aggregate.CountOfRecord is { } count) gathered.Count = RecordsAggregate.Add(RecordsFold.Sum, gathered.Count, Evaluate(count, record));
            }
        }
        catch (MappingException error)
        {
            var finding = error.Findings[0];
            _failed[check] = finding with { At = at, Mapping = finding.At.IsNone ? code.Definition.At : finding.At, Length = 0, Severity = code.Definition.Otherwise };
        }
    }

    private Value Evaluate(Expression expression, in Value record)
    {
        _ofRecord.Begin(_ofRecord.Now);
        _ofRecord.Document = record;
        return expression.Evaluate(_ofRecord, record);
    }

    /// <param name="limit">Set when they were more than may be kept.</param>
    private Value Records(out Finding? limit)
    {
        limit = null;
        if (!_keeps) return Value.Missing;
        if (_kept is null)
        {
            limit = Finding.Error("DAT375", SourcePosition.None);
            return Value.Missing;
        }

        _kept.EndArray();
        var builder = new TapeBuilder();
        if (JsonTapeReader.TryRead(_kept.WrittenMemory, builder, ReaderOptions.Default with { MaxDocumentBytes = int.MaxValue }, out limit)) return Value.FromTape(builder.Build(), 0);
        return Value.Missing;
    }
}
