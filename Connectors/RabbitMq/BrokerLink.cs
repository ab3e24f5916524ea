using Hub.Abstractions;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>
/// One connection to the broker, opened when it is needed and opened anew when it was lost. Recovery is the hub's own: the
/// client's would resurrect channels whose un-acknowledged deliveries and unconfirmed messages belong to the old ones.
/// </summary>
internal sealed class BrokerLink(BrokerConnector connector, string purpose) : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _closed = new();
    private Task<IConnection>? _opening;
    private volatile string? _blocked;

    /// <summary>Why the broker takes nothing now (an alarm of memory or disk); null when it does.</summary>
    public string? Blocked => _blocked;

    /// <summary>The open connection. Whoever asks while it is being opened waits for the same attempt.</summary>
    /// <exception cref="TransientException">There is none, with the reason.</exception>
    public Task<IConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Task<IConnection> opening;
        lock (_sync)
        {
            if (_opening is null || (_opening.IsCompleted && !(_opening.IsCompletedSuccessfully && _opening.Result.IsOpen)))
            {
                var old = _opening;
                _opening = Task.Run(() => ConnectAsync(old), CancellationToken.None);
            }

            opening = _opening;
        }

        return opening.IsCompleted ? opening : opening.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Task<IConnection>? last;
        lock (_sync) last = _opening;
        await _closed.CancelAsync().ConfigureAwait(false);
        if (last is not null) await CloseAsync(last).ConfigureAwait(false);
        _closed.Dispose();
    }

    private async Task<IConnection> ConnectAsync(Task<IConnection>? old)
    {
        if (old is not null) await CloseAsync(old).ConfigureAwait(false);
        var connection = await connector.ConnectAsync(purpose, _closed.Token).ConfigureAwait(false);
        _blocked = null;
        connection.ConnectionBlockedAsync += (_, e) =>
        {
            _blocked = e.Reason;
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
        return connection;
    }

    private static async Task CloseAsync(Task<IConnection> opening)
    {
        try
        {
            var connection = await opening.ConfigureAwait(false);
            // A broker that does not answer is not waited for.
            if (connection.IsOpen) await connection.CloseAsync(200, "the hub closes", TimeSpan.FromSeconds(5), abort: true, CancellationToken.None).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is HubException or OperationCanceledException or IOException or RabbitMQ.Client.Exceptions.RabbitMQClientException or TimeoutException or ObjectDisposedException)
        {
            // What was not open, or broke while it was closed, is closed.
        }
    }
}
