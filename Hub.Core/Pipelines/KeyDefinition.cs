using System.Security.Cryptography;
using System.Text;
using Hub.Core.Pipelines.Steps;
using Mappings.Expressions;

namespace Hub.Core.Pipelines;

/// <summary>How a pipeline tells lanes and duplicates.</summary>
/// <param name="key">The lane; null when the pipeline keeps no order.</param>
/// <param name="dedupe">What makes two messages the same.</param>
/// <param name="dedupeBy">The expression of <see cref="DedupeMode.Expression"/>.</param>
internal class KeyDefinition(StepExpression? key, DedupeMode dedupe, StepExpression? dedupeBy)
{
    /// <summary>Characters of a key or of an expression's dedupe value: these are names of records, not contents.</summary>
    internal const int MaximumLength = 500;

    private const int HashBytes = 32;

    public virtual bool HasKey => key is not null;

    public StepExpression? Key => key;

    public DedupeMode Dedupe => dedupe;

    public StepExpression? DedupeBy => dedupeBy;

    /// <summary>The key and the dedupe key of the run's current document; false when there is a finding among the run's.</summary>
    public virtual bool TryIdentify(PipelineRun run, out string lane, out string? dedupeKey)
    {
        lane = string.Empty;
        var hasKey = key is null || TryText(run, key, "key", "DAT361", out lane);
        dedupeKey = dedupe switch
        {
            DedupeMode.Event when run.Attributes.EventId is { } id => EventKey(run.Attributes.Source, id),
            DedupeMode.Event or DedupeMode.Content => ContentKey(lane, run.Body.Span),
            DedupeMode.Key when hasKey => "k:" + lane,
            DedupeMode.Expression => TryText(run, dedupeBy!, "dedupe", "DAT371", out var value) ? "x:" + value : null,
            _ => null,
        };
        return hasKey && (dedupe != DedupeMode.Expression || dedupeKey is not null);
    }

    private static bool TryText(PipelineRun run, StepExpression expression, string path, string missing, out string text)
    {
        text = string.Empty;
        if (!run.TryEvaluate(expression, path, out var value)) return false;
        if (!value.IsText && !value.IsNumber && !value.IsBoolean)
        {
            run.Fail(value.IsMissing || value.IsNull ? missing : "DAT362", expression.At, path, ("expression", expression.Text), ("found", ShownValue.Of(value)));
            return false;
        }

        text = value.AsText()!;
        if (text.Length == 0) run.Fail(missing, expression.At, path, ("expression", expression.Text), ("found", "\"\""));
        else if (text.Length > MaximumLength) run.Fail("DAT363", expression.At, path, ("expression", expression.Text), ("length", Shown.Number(text.Length)), ("limit", Shown.Number(MaximumLength)));
        else return true;
        text = string.Empty;
        return false;
    }

    /// <summary>CloudEvents: source and id together are unique. An id from outside can be of any length.</summary>
    private static string EventKey(string? source, string id)
    {
        var name = source is null ? id : $"{source}|{id}";
        return name.Length <= MaximumLength ? "e:" + name : "h:" + Hash(Encoding.UTF8.GetBytes(name));
    }

    private static string ContentKey(string lane, ReadOnlySpan<byte> body) => $"c:{lane}:{Hash(body)}";

    private static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToBase64String(hash);
    }
}
