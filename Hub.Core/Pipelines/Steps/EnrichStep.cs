using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Asks another system for a record and puts it into the document as a member.</summary>
internal sealed class EnrichStep : StepDefinition
{
    private readonly string _member;
    private readonly byte[] _memberJson;
    private readonly EndpointName _from;
    private readonly Question[] _where;
    private readonly RequestCache? _cache;
    private readonly string _missing;

    private EnrichStep(StepSite site, string member, EndpointName from, Question[] where, RequestCache? cache, string missing)
        : base(site, $"enrich {member} from {from}")
    {
        _member = member;
        _memberJson = Encoding.UTF8.GetBytes($"\"{member}\":");
        _from = from;
        _where = where;
        _cache = cache;
        _missing = missing;
        Details = [$"where {string.Join(", ", where.Select(w => $"{w.Field} = {w.Value.Text}"))}", $"without a record: {missing}"];
    }

    public static StepSpec Spec { get; } = new(
        "enrich",
        ends: false,
        new ObjectSpec(
            "step enrich",
            "Asks another system for the record whose fields have these values and adds it to the document as a member.",
            """
            as: account
            from: crm.accounts
            where: { code: customer.code }
            cache: 10m
            missing: wait
            """,
            [
                FieldSpec.Required("as", FieldType.Name, "The new member; the document must not have it yet.", "account"),
                FieldSpec.Required("from", FieldType.Reference(ReferenceKind.Endpoint), "The endpoint to ask.", "crm.accounts"),
                FieldSpec.Required("where", FieldType.MapOf(FieldType.Expression), "Fields of the record with the path, or the = expression, of the value each must have.", "{ code: customer.code }"),
                FieldSpec.Optional("cache", FieldType.Duration, "How long an answer may be used again; left out: every message asks.", "10m"),
                FieldSpec.Optional(
                    "missing", FieldType.OneOf("error", "null", "wait"),
                    "Without a record the message is dead (error), gets null (null), or is tried again by the asked system's retry policy (wait).", "wait", "error"),
            ]),
        Compile);

    public override IReadOnlyList<string> Details { get; }

    public override EndpointName? Asked => _from;

    internal override bool MayAsk => true;

    internal override async ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        if (!CanTakeMember(run)) return StepResult.Failed;
        var where = new KeyValuePair<string, string>[_where.Length];
        for (var i = 0; i < where.Length; i++)
        {
            if (!TryAsk(run, _where[i], out where[i])) return StepResult.Failed;
        }

        if (run.Trace is { } trace)
        {
            trace.NotAsked(_member, _from, At);
            return StepResult.Passed;
        }

        run.Asked = _from;
        ReadOnlyMemory<byte>? answer;
        try
        {
            answer = await AnswerAsync(run.Gateway, where, cancellationToken).ConfigureAwait(false);
        }
        catch (PermanentException refused)
        {
            run.Findings.Add(refused.Finding with { At = refused.Finding.At.IsNone ? run.Start : refused.Finding.At, Mapping = At, Path = Path });
            return StepResult.Failed;
        }
        catch (MappingException unreadable)
        {
            var reason = unreadable.Findings[0];
            run.Fail("DAT367", At, Path, ("endpoint", _from.ToString()), ("reason", reason.Message()), ("place", $"{reason.At.Line}:{reason.At.Column}"));
            return StepResult.Failed;
        }

        if (answer is { } found) return Merge(run, found.Span);
        if (_missing == "null") return Merge(run, "null"u8);
        if (_missing == "wait") throw new TransientException(NoRecord("DAT372", run, where));
        run.Findings.Add(NoRecord("DAT365", run, where));
        return StepResult.Failed;
    }

    private static EnrichStep? Compile(SpecValue fields, StepSite site, StepCompiler compiler)
    {
        var from = compiler.Endpoint(fields.Find("from")!);
        var where = fields.Map("where").Select(w => (w.Key, Value: compiler.PathOrExpression(w.Value.Expression))).ToArray();
        if (where.Length == 0) compiler.Findings.Error("CFG264", fields.Position("where"), fields.PathOf("where"));
        if (from is not { } endpoint || where.Length == 0 || Array.Exists(where, w => w.Value is null)) return null;
        var cache = fields.Find("cache") is { } age ? new RequestCache(compiler.Context.Clock, age.Duration) : null;
        return new EnrichStep(site, fields.Text("as"), endpoint, [.. where.Select(w => new Question(w.Key, w.Value!))], cache, fields.Text("missing"));
    }

    private bool CanTakeMember(PipelineRun run)
    {
        if (!run.TryGetDocument(At, Path, out var document)) return false;
        if (!document.IsObject)
        {
            run.Fail("DAT368", At, Path, ("found", ShownValue.Of(document)), ("member", _member));
            return false;
        }

        if (document.Member(_member).IsMissing) return true;
        run.Fail("DAT369", At, Path, ("member", _member));
        return false;
    }

    private bool TryAsk(PipelineRun run, Question question, out KeyValuePair<string, string> where)
    {
        where = default;
        if (!run.TryEvaluate(question.Value, Path, out var value)) return false;
        if (value.IsText || value.IsNumber || value.IsBoolean)
        {
            where = new(question.Field, value.AsText()!);
            return true;
        }

        run.Fail("DAT366", question.Value.At, Path, ("endpoint", _from.ToString()), ("field", question.Field), ("expression", question.Value.Text), ("found", ShownValue.Of(value)));
        return false;
    }

    private ValueTask<ReadOnlyMemory<byte>?> AnswerAsync(IRequestGateway gateway, KeyValuePair<string, string>[] where, CancellationToken cancellationToken)
    {
        if (_cache is null) return AskAsync(gateway, where, cancellationToken);
        var question = Key(where);
        if (_cache.TryGet(question, out var known)) return new(known);
        return _cache.GetAsync(question, token => AskAsync(gateway, where, token), cancellationToken);
    }

    /// <summary>Asks, and checks once that the answer is JSON: it is copied into documents as it is.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> AskAsync(IRequestGateway gateway, KeyValuePair<string, string>[] where, CancellationToken cancellationToken)
    {
        var answer = await gateway.RequestAsync(_from, where, cancellationToken).ConfigureAwait(false);
        if (answer is not { } json) return null;
        if (!JsonTapeReader.TryRead(json, new TapeBuilder(), ReaderOptions.Default, out var error)) throw new MappingException(error);
        return json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
    }

    /// <summary>The member goes to the end of the object, so that every place in the record's own text stays what it was.</summary>
    private StepResult Merge(PipelineRun run, ReadOnlySpan<byte> member)
    {
        var json = run.Current.Json();
        var end = json.LastIndexOf((byte)'}');
        var isEmpty = json[..end].TrimEnd(" \t\r\n"u8).EndsWith("{"u8);
        var merged = new byte[end + (isEmpty ? 0 : 1) + _memberJson.Length + member.Length + 1];
        json[..end].CopyTo(merged);
        if (!isEmpty) merged[end++] = (byte)',';
        _memberJson.CopyTo(merged, end);
        member.CopyTo(merged.AsSpan(end + _memberJson.Length));
        merged[^1] = (byte)'}';
        if (run.Current.TryReplace(merged, run.InputStart(), out var error)) return StepResult.Passed;
        run.Findings.Add(error with { At = run.Start, Mapping = At, Path = Path });
        return StepResult.Failed;
    }

    private Finding NoRecord(string code, PipelineRun run, KeyValuePair<string, string>[] where) =>
        Finding.Error(code, run.Start, Path, ("endpoint", _from.ToString()), ("where", string.Join(", ", where.Select(w => $"{w.Key} = {w.Value}")))) with { Mapping = At };

    /// <summary>Values are told apart by their lengths, so that no text can look like two.</summary>
    private static string Key(KeyValuePair<string, string>[] where)
    {
        if (where.Length == 1) return where[0].Value;
        var key = new StringBuilder();
        foreach (var (_, value) in where) key.Append(CultureInfo.InvariantCulture, $"{value.Length}:{value}");
        return key.ToString();
    }

    private sealed record Question(string Field, StepExpression Value);
}
