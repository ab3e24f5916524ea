using Hub.Core.Nodes;
using Npgsql;

namespace Hub.Storage.PostgreSql.Nodes;

/// <summary>Listens to the other nodes' commits, on a connection of its own that is made again for as long as it takes. What was told while there was none is made up for by <see cref="NodeSignal.Everything"/>.</summary>
internal sealed class NodeListener : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly PostgreSqlPlace _place;
    private readonly Func<long> _epoch;
    private readonly Action<NodeSignal> _signalled;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _work;

    /// <param name="place">Where.</param>
    /// <param name="clock">For pauses.</param>
    /// <param name="epoch">This node's, whose own notices are not told.</param>
    /// <param name="signalled">Is told of the others'.</param>
    internal NodeListener(PostgreSqlPlace place, TimeProvider clock, Func<long> epoch, Action<NodeSignal> signalled)
    {
        _place = place;
        _clock = clock;
        _epoch = epoch;
        _signalled = signalled;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Completes when the first connection listens, or after a moment without one: a renewal looks as well.</summary>
    internal async Task ListeningAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_listening.Task, Task.Delay(s_pause, _clock, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync().ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                // Made again below; until then renewals find what is handed over.
                await PauseAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ListenAsync()
    {
        await using var connection = new NpgsqlConnection(_place.Listening);
        await connection.OpenAsync(_stop.Token).ConfigureAwait(false);
        connection.Notification += (_, told) => Told(told.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{NodeNotice.Channel(_place.Schema)}\"", connection)) await listen.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
        if (!_listening.TrySetResult()) _signalled(NodeSignal.Everything);
        while (true) await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
    }

    private void Told(string payload)
    {
        var notice = NodeNotice.Read(payload);
        if (notice is null) _signalled(NodeSignal.Everything);
        else if (notice.Epoch == 0 || notice.Epoch != _epoch()) _signalled(notice.Signal());
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(s_pause, _clock, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }
}
