using Hub.Abstractions;
using Hub.Core.Journal;
using Hub.Host.Api;

namespace Hub.Host.Chaos;

/// <summary>
/// One hub under test with its traffic: round after round a fault, until all that was in flight at it has arrived. Traffic never
/// stops, so that what comes in while the hub recovers is tested too.
/// </summary>
/// <param name="scene">The hub and the oracle.</param>
/// <param name="routes">Its traffic.</param>
/// <param name="schedule">The faults.</param>
/// <param name="roundsBefore">Rounds of courses before: where its numbers go on.</param>
internal sealed class ChaosCourse(ChaosScene scene, IReadOnlyList<IChaosRoute> routes, FaultSchedule schedule, int roundsBefore)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly List<RoundResult> _rounds = [];
    private OracleCount _before = new();
    private long _unaccounted;

    public IReadOnlyList<RoundResult> Rounds => _rounds;

    /// <summary>What the ledger cannot account for at the end, or counts otherwise than the oracle.</summary>
    public long Unaccounted => _unaccounted;

    /// <summary>Runs rounds until enough is done or something is lost, lets everything settle, and stops the nodes.</summary>
    /// <param name="enough">Asked after each round.</param>
    /// <param name="told">Is told of each round.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task RunAsync(Func<IReadOnlyList<RoundResult>, bool> enough, Action<RoundResult> told, CancellationToken cancellationToken)
    {
        using var sendingStop = new CancellationTokenSource();
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fault = schedule.Next();
        await StartAsync(fault.Arm(scene.Random), all.Token);
        var sending = scene.Oracle.Lanes.Select(lane => routes.Single(route => route.Name == lane.Route).SendAsync(lane, sendingStop.Token)).ToList();
        var failed = FirstFailureAsync(sending);
        var rounds = RoundsAsync(fault, enough, told, all.Token);
        if (await Task.WhenAny(rounds, failed) == failed)
        {
            await all.CancelAsync();
            await failed;
        }

        await rounds;
        await SettleAsync(sending, sendingStop, cancellationToken);
    }

    private async Task RoundsAsync(Fault fault, Func<IReadOnlyList<RoundResult>, bool> enough, Action<RoundResult> told, CancellationToken cancellationToken)
    {
        while (true)
        {
            await fault.StrikeAsync(scene, cancellationToken);
            var ended = scene.Oracle.Now;
            var next = schedule.Next();
            var (lost, recovered) = await RecoverAsync(next, cancellationToken);
            var round = await ResultAsync(fault, lost, recovered ? scene.Oracle.Now - ended : null, cancellationToken);
            _rounds.Add(round);
            told(round);
            if (lost > 0 || enough(_rounds)) return;
            fault = next;
        }
    }

    /// <summary>Starts what was killed, armed for the next fault, and waits until all that was in flight has arrived or the next fault strikes.</summary>
    /// <returns>What did not arrive in time; whether all arrived.</returns>
    private async Task<(long Lost, bool Recovered)> RecoverAsync(Fault next, CancellationToken cancellationToken)
    {
        if (next.Arm(scene.Random) is { } armed)
        {
            // A place can only be given to a process when it starts: where none is down, one is restarted as an update would do it.
            if (scene.Nodes.Running.Count == scene.Nodes.Count) await scene.Nodes.StopAsync(scene.Nodes.Running[scene.Random.Next(scene.Nodes.Count)]);
            await StartAsync(armed, cancellationToken);
        }
        else
        {
            await StartAsync(null, cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ChaosLimits.Recovery);
        var arrival = DeliveryOracle.ArrivalAsync(scene.Moment!.Accepted, limit.Token);
        var strike = scene.Nodes.Armed?.Reached ?? Task.Delay(Timeout.InfiniteTimeSpan, scene.Clock, limit.Token);
        if (await Task.WhenAny(arrival, strike) == strike && !arrival.IsCompleted && !limit.IsCancellationRequested) return (0, false);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await arrival;
            return (0, true);
        }
        catch (OperationCanceledException)
        {
            return (DeliveryOracle.Missing(scene.Moment.Accepted), false);
        }
    }

    private async Task<RoundResult> ResultAsync(Fault fault, long lost, TimeSpan? recovery, CancellationToken cancellationToken)
    {
        var count = scene.Oracle.Count();
        var result = new RoundResult
        {
            Round = roundsBefore + _rounds.Count(round => !round.IsVoid) + 1,
            Fault = fault.Kind,
            Detail = fault.Detail,
            IsKill = fault.IsKill,
            IsVoid = scene.Moment!.InFlight == 0,
            Accepted = count.Accepted - _before.Accepted,
            Delivered = count.Delivered - _before.Delivered,
            InFlight = scene.Moment.InFlight,
            Bound = scene.Moment.Bound,
            Duplicated = count.Duplicated - _before.Duplicated,
            OutOfOrder = count.OutOfOrder - _before.OutOfOrder,
            Lost = lost,
            Unaccounted = recovery is null ? 0 : await UnaccountedAsync(cancellationToken),
            RecoverySeconds = recovery is { } took ? Math.Round(took.TotalSeconds, 2) : null,
        };
        _before = count;
        return result;
    }

    /// <summary>What the ledger cannot account for; 0 when the only node has come to its place and answers no more: the next round asks again.</summary>
    private async Task<long> UnaccountedAsync(CancellationToken cancellationToken)
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ledger = LedgerAsync(asked.Token);
        var strike = scene.Nodes.Count == 1 && scene.Nodes.Armed is { } armed ? armed.Reached : ledger;
        if (await Task.WhenAny(ledger, strike) == ledger) return (await ledger).Sum(row => row.Unaccounted);
        await asked.CancelAsync();
        try
        {
            await ledger;
        }
        catch (OperationCanceledException)
        {
            // The question was taken back.
        }

        return 0;
    }

    /// <summary>Stops the senders, lets everything arrive and settle, and compares the ledger with the oracle.</summary>
    private async Task SettleAsync(List<Task> sending, CancellationTokenSource sendingStop, CancellationToken cancellationToken)
    {
        if (scene.Nodes.Armed is { } armed)
        {
            await scene.Nodes.KillAsync(armed);
            scene.Begin();
            scene.End();
        }

        await StartAsync(null, cancellationToken);
        await sendingStop.CancelAsync();
        await Task.WhenAll(sending).WaitAsync(ChaosLimits.Recovery, scene.Clock, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ChaosLimits.Recovery);
        try
        {
            await DeliveryOracle.ArrivalAsync(scene.Oracle.Snapshot(), limit.Token);
            while ((await LedgerAsync(limit.Token)).Any(row => row.InFlight > 0)) await scene.DelayAsync(Look, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What has not come by now is lost: the counts below say so.
        }

        var rows = await LedgerAsync(cancellationToken);
        _unaccounted = rows.Sum(row => Math.Abs(row.Unaccounted)) + Math.Abs(scene.Oracle.Count().Accepted - rows.Sum(row => row.Delivered));
        foreach (var node in scene.Nodes.Running) await scene.Nodes.StopAsync(node);
    }

    private async Task StartAsync(string? armed, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ChaosLimits.Start);
        await scene.Nodes.StartMissingAsync(armed, limit.Token);
    }

    private async Task<IReadOnlyList<LedgerRow>> LedgerAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ChaosLimits.Recovery);
        while (true)
        {
            var node = scene.Nodes.Running.FirstOrDefault(running => !running.Reached.IsCompleted) ?? scene.Nodes.Running[0];
            try
            {
                using var operations = new OperationsClient(node.Address, null);
                return await operations.LedgerAsync(limit.Token);
            }
            catch (Exception refused) when (refused is HubException or OperationCanceledException && !limit.IsCancellationRequested)
            {
                node.ThrowIfEnded();
            }

            await scene.DelayAsync(Look, cancellationToken);
        }
    }

    private static async Task FirstFailureAsync(List<Task> sending)
    {
        var left = sending.ToList();
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left);
            if (ended.IsFaulted) await ended;
            left.Remove(ended);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }
}
