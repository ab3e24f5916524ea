using Hub.Core.Pipelines;

namespace Hub.Core.Messaging;

/// <summary>The lane of an endpoint's message: its saga. What the hub sends has its delivery's identity, so that a hop that is made twice is one message.</summary>
internal sealed class EndpointKeys(EndpointWork work, bool hasKey) : KeyDefinition(null, DedupeMode.Event, null)
{
    public override bool HasKey => hasKey;

    public override bool TryIdentify(PipelineRun run, out string lane, out string? dedupeKey)
    {
        base.TryIdentify(run, out lane, out dedupeKey);
        if (!IncomingReader.TryRead(run, work, out var incoming, out var finding) || !work.TryKey(incoming, out lane, out finding))
        {
            run.Findings.Add(finding! with { At = run.Start });
            return false;
        }

        // Two messages may have the same body and be two: of other types, or for other sagas.
        if (run.Attributes.EventId is null) dedupeKey = $"{dedupeKey}:{incoming.Message.GetType().FullName}:{lane}";
        return true;
    }
}
