using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;

namespace Hub.Core.Runtime;

/// <summary>One endpoint that takes messages in. A connector survives failures of the outside by itself; one that does not is begun again.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private Receiver(ISystemConnection connection, EndpointContext endpoint, IIngress ingress, ReceiverContext context) =>
        _running = Task.Run(() => RunAsync(connection, endpoint, ingress, context));

    public static Receiver Start(ISystemConnection connection, EndpointContext endpoint, IIngress ingress, ReceiverContext context) =>
        new(connection, endpoint, ingress, context);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(ISystemConnection connection, EndpointContext endpoint, IIngress ingress, ReceiverContext context)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await connection.ReceiveAsync(endpoint, ingress, _stop.Token).ConfigureAwait(false);
                // A receiver may have nothing more to take (a seed that was published): it is done.
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                RuntimeLog.ReceiverFailed(context.Logger, endpoint.Name, Pause, error);
            }

            try
            {
                await Task.Delay(Pause, context.Clock, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
