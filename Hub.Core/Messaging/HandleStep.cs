using Hub.Abstractions;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>The one step of an endpoint's pipeline: its saga or its handlers. What they do is left in the run, to be committed with its outcome.</summary>
internal sealed class HandleStep(EndpointWork work, StepSite site) : StepDefinition(site, $"handle {work.Title}")
{
    internal override bool MayAsk => true;

    internal override async ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        // A watched run explains a message: code that does something is not run once more for that.
        if (run.Trace is not null) return StepResult.Passed;
        var flow = run.Flow ?? throw new InvalidOperationException("Handlers run in an engine only.");
        if (!IncomingReader.TryRead(run, work, out var incoming, out var unread)) return Failed(run, unread);
        try
        {
            var result = await work.RunAsync(incoming, flow, cancellationToken).ConfigureAwait(false);
            run.Findings.AddRange(result.Findings.Select(f => f with { At = f.At.IsNone ? run.Start : f.At }));
            run.Effects = result.Effects;
            return result.Step;
        }
        catch (PermanentException refused)
        {
            MessagingLog.HandlerFailed(flow.Logger, run.Id, refused.Finding, refused);
            return Failed(run, refused.Finding with { At = run.Start });
        }
        catch (TransientException failed)
        {
            MessagingLog.HandlerFailed(flow.Logger, run.Id, failed.Finding, failed.InnerException ?? failed);
            run.Asked = work.Name;
            throw new TransientException(failed.Finding with { At = run.Start }, failed.RetryAfter, failed.InnerException);
        }
        catch (JournalException away)
        {
            // The saga's data could not be read: that was no attempt of the handler's.
            throw new TransientException(away.Finding, null, away);
        }
    }

    private static StepResult Failed(PipelineRun run, Finding finding)
    {
        run.Findings.Add(finding);
        return StepResult.Failed;
    }
}
