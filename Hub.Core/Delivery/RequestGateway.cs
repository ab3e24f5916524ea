using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Delivery;

/// <summary>Asks other systems on behalf of steps, through the same gate their deliveries go through.</summary>
internal sealed class RequestGateway(Dispatcher dispatcher, Func<TargetTable> targets) : IRequestGateway
{
    /// <summary>The finding of a request that was not made because the breaker is open.</summary>
    public const string PausedCode = "DLV604";

    /// <summary>How long to wait for the probe of another request.</summary>
    private static readonly TimeSpan ProbePause = TimeSpan.FromSeconds(1);

    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        EndpointName endpoint, IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken)
    {
        if (targets().Find(endpoint) is not { Requester: { } requester } target)
        {
            throw new PermanentException(Finding.Error("DLV605", SourcePosition.None, string.Empty, ("endpoint", endpoint.ToString())));
        }

        var gate = target.Gate;
        var work = new RequestWork(target, abandoned => End(target, abandoned, answered: null));
        Admit(gate, target, work);
        await using var giveUp = cancellationToken.UnsafeRegister(static state => ((RequestWork)state!).Cancel(), work).ConfigureAwait(false);
        await work.Admitted.ConfigureAwait(false);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await requester.RequestAsync(where, work.Token).ConfigureAwait(false);
            End(target, work, answered: true);
            return answer;
        }
        catch (PermanentException)
        {
            End(target, work, answered: true);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            End(target, work, answered: null);
            throw;
        }
        catch (Exception error)
        {
            var failure = AttemptFailure.Of(error, work.TimedOut, gate);
            End(target, work, answered: false);
            if (error is TransientException) throw;
            throw new TransientException(failure.Finding, failure.RetryAfter, error);
        }
    }

    private void Admit(Gate gate, Target target, RequestWork work)
    {
        lock (dispatcher.Sync)
        {
            var now = dispatcher.Timers.Now;
            if (!gate.Breaker.IsPassable(now))
            {
                var wait = gate.Breaker.Until > now ? gate.Breaker.Until - now : ProbePause;
                throw Paused(gate, wait);
            }

            target.Connection.Use();
            dispatcher.AddOrEnter(gate, work);
        }
    }

    private static TransientException Paused(Gate gate, TimeSpan wait) =>
        new(Finding.Error(PausedCode, SourcePosition.None, string.Empty, ("system", gate.Name), ("wait", Durations.Text(wait))), wait);

    private void End(Target target, RequestWork work, bool? answered)
    {
        lock (dispatcher.Sync)
        {
            target.Connection.Release();
            var breaker = work.Gate!.Breaker;
            if (answered is null) breaker.Abandoned(work.Probe);
            else if (answered.Value) breaker.Answered(work.Probe);
            else breaker.Failed(work.Probe, dispatcher.Timers.Now);
            dispatcher.Leave(work);
        }
    }

    /// <summary>A request's turn at the gate.</summary>
    /// <param name="target">Released when the gate dismisses the request.</param>
    /// <param name="abandoned">Called when its turn comes after nobody waits for it any more.</param>
    private sealed class RequestWork(Target target, Action<RequestWork> abandoned) : GateWork
    {
        private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Admitted => _admitted.Task;

        public CancellationToken Token => Cancellation!.Token;

        internal override bool IsImpatient => true;

        internal override bool SharesCancellation => true;

        internal override void Dismissed(TimeSpan wait)
        {
            target.Connection.Release();
            _admitted.TrySetException(Paused(target.Gate, wait));
        }

        internal override void Start()
        {
            if (!_admitted.TrySetResult()) abandoned(this);
        }

        public void Cancel()
        {
            if (!_admitted.TrySetCanceled()) Cancellation!.Cancel();
        }
    }
}
