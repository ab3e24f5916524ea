using System.Globalization;
using System.Text;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Formats.Encodings;

namespace Hub.Core.Operations;

/// <summary>Makes of a journal's view what people read: steps with their lines, findings rendered, bodies as text.</summary>
internal static class Explanation
{
    private const int BodyShown = 8_000;
    private const int OriginalShown = 2_000;

    public static MessageExplanation Of(MessageView view, HubDefinition? definition)
    {
        var message = view.Message;
        var pipeline = definition?.Pipeline(message.Pipeline);
        // The steps of another revision may be other steps: their numbers alone would name the wrong lines.
        var steps = view.Outcome is { } outcome && pipeline is not null && outcome.Revision == pipeline.Revision ? pipeline.Steps : null;
        var mask = new SecretMask(
            SecretNames(pipeline, definition),
            view.Deliveries.Select(d => d.Record.Body).OfType<ReadOnlyMemory<byte>>().Prepend(message.Body));
        return new MessageExplanation
        {
            Id = message.Id.ToString(),
            Pipeline = message.Pipeline,
            PipelineAt = pipeline?.At.ToString() ?? string.Empty,
            Key = message.Key,
            State = view.State,
            ReceivedAt = message.ReceivedAt,
            Endpoint = message.Endpoint.ToString(),
            EventId = message.Attributes.EventId,
            Origin = message.Attributes.Origin,
            RepairOf = message.Attributes.RepairOf,
            Revision = message.Revision,
            Steps = view.Outcome is null ? [] : [.. view.Outcome.Steps.Select(s => Step(s, steps))],
            Findings = view.Outcome is null ? [] : [.. view.Outcome.Findings.Select(FindingView.Of)],
            Deliveries = [.. view.Deliveries.Select(d => Delivery(d, message, mask))],
            Duplicates = view.Duplicates,
            Replays = view.Replays,
            Body = Text(message.Body.Span, BodyShown, mask),
            Original = message.Original.IsEmpty ? null : Original(message.Original, definition?.Endpoint(message.Endpoint), mask),
        };
    }

    /// <summary>Why a message is dead: its pipeline's first error, or the last error of its first dead delivery.</summary>
    public static Finding? FirstError(MessageView view)
    {
        if (view.Outcome is { State: MessageState.Dead } outcome) return outcome.Findings.FirstOrDefault(f => f.Severity == Severity.Error);
        var dead = view.Deliveries.FirstOrDefault(d => d.State == DeliveryState.Dead);
        return dead is { Attempts.Count: > 0 } ? dead.Attempts[^1].Error : null;
    }

    /// <summary>The step that filtered a message, with its line; null when none did.</summary>
    public static string? FilteredBy(MessageView view, HubDefinition? definition)
    {
        var step = Of(view, definition).Steps.LastOrDefault(s => s.Result == StepResultKind.Filtered);
        if (step is null) return null;
        return $"{(step.At.Length > 0 ? step.At + ": " : string.Empty)}{step.Kind} {step.Subject}".TrimEnd();
    }

    private static StepExplanation Step(StepOutcome outcome, IReadOnlyList<StepDefinition>? steps)
    {
        if (steps is null || outcome.Step >= steps.Count)
        {
            return new StepExplanation("step", (outcome.Step + 1).ToString(CultureInfo.InvariantCulture), string.Empty, outcome.Result, outcome.Microseconds);
        }

        var step = steps[outcome.Step];
        var subject = step.Name.StartsWith(step.Kind + " ", StringComparison.Ordinal) ? step.Name[(step.Kind.Length + 1)..] : string.Empty;
        return new StepExplanation(step.Kind, subject, $"{step.At.File}:{step.At.Line.ToString(CultureInfo.InvariantCulture)}", outcome.Result, outcome.Microseconds);
    }

    /// <summary>Of the message's pipeline; of all of them when it is gone, for what it called secret is not known any more.</summary>
    internal static HashSet<string> SecretNames(PipelineDefinition? pipeline, HubDefinition? definition)
    {
        var pipelines = pipeline is not null ? [pipeline] : definition?.Pipelines ?? [];
        return [.. pipelines.SelectMany(p => p.Steps).SelectMany(s => s.SecretNames)];
    }

    private static DeliveryExplanation Delivery(DeliveryView delivery, MessageRecord message, SecretMask mask) => new(
        delivery.Id.ToString(),
        delivery.Record.Destination.ToString(),
        delivery.State,
        delivery.Due,
        delivery.SettledAt,
        [.. delivery.Attempts.Select(a => new AttemptExplanation(a.Number, a.At, a.Transient, FindingView.Of(a.Error)))],
        Text((delivery.Record.Body ?? message.Body).Span, BodyShown, mask));

    private static string Original(ReadOnlyMemory<byte> bytes, EndpointDefinition? endpoint, SecretMask mask)
    {
        var encoding = endpoint?.Format.Encoding ?? TextEncodings.Utf8;
        if (encoding.TryToUtf8(bytes, "original", out var utf8, out _)) bytes = utf8;
        return Text(bytes.Span, OriginalShown, mask);
    }

    private static string Text(ReadOnlySpan<byte> utf8, int characters, SecretMask mask)
    {
        // Masked before it is cut, so that no half of a secret stands at the end.
        var text = mask.Apply(Encoding.UTF8.GetString(utf8));
        return text.Length <= characters ? text : text[..characters] + "…";
    }
}
