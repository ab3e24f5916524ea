using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Connectors.RabbitMq;

/// <summary>Takes messages from a queue until it is told to stop: what ends a channel is said, and after a pause the next is opened.</summary>
internal sealed class RabbitMqReceiver(ReceiveContext context, BrokerLink link, Topology topology, Random random)
{
    private static readonly TimeSpan[] Pauses = [.. new[] { 0.2, 0.5, 1, 2, 5, 10, 15 }.Select(TimeSpan.FromSeconds)];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? trouble = null;
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var finding = await TakeAsync(trouble is not null, () => failures = 0, cancellationToken).ConfigureAwait(false);
                trouble = Say(finding, null);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (HubException error)
            {
                trouble = Say(error.Finding, trouble);
            }
            catch (Exception error) when (BrokerFaults.IsOutside(error))
            {
                trouble = Say(BrokerFaults.Failed(context.Endpoint.Name, error, context.Queue.Name), trouble);
            }
            catch (Exception error)
            {
                Log.ReceiveFailed(context.Logger, error, context.Endpoint.Name.ToString());
                trouble = error.GetType().Name;
            }
            finally
            {
                context.Position?.Save();
            }

            if (!await PauseAsync(failures++, cancellationToken).ConfigureAwait(false)) break;
        }
    }

    /// <summary>One channel from its begin to its end.</summary>
    private async Task<Finding> TakeAsync(bool isAgain, Action begun, CancellationToken cancellationToken)
    {
        var connection = await link.OpenAsync(cancellationToken).ConfigureAwait(false);
        await topology.PrepareReceivingAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var session = await ReceiveSession.OpenAsync(context, connection, cancellationToken).ConfigureAwait(false);
        begun();
        if (isAgain) Log.QueueTakenAgain(context.Logger, context.Endpoint.Name.ToString(), context.Queue.Name);
        return await session.EndedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reported once, not at every try.</summary>
    private string Say(Finding finding, string? before)
    {
        var text = FindingFormatter.Long(finding);
        if (text != before) Log.QueueLost(context.Logger, context.Endpoint.Name.ToString(), text);
        return text;
    }

    private async Task<bool> PauseAsync(int failures, CancellationToken cancellationToken)
    {
        double share;
        lock (random) share = random.NextDouble();
        try
        {
            await Task.Delay(Pauses[Math.Min(failures, Pauses.Length - 1)] * (0.75 + (share / 2)), context.Clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
