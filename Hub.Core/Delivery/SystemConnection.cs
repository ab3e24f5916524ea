using Hub.Abstractions.Connectors;

namespace Hub.Core.Delivery;

/// <summary>
/// One opened system. A reload replaces it; it is disposed when the last attempt that uses it has ended. The counts are
/// under the dispatcher's lock.
/// </summary>
internal sealed class SystemConnection(ISystemConnection connection)
{
    private readonly TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users;
    private bool _retired;

    public ISystemConnection Connection { get; } = connection;

    public void Use() => _users++;

    public void Release()
    {
        if (--_users == 0 && _retired) _unused.TrySetResult();
    }

    /// <summary>No new attempt will use it; under the lock.</summary>
    public void Retire()
    {
        _retired = true;
        if (_users == 0) _unused.TrySetResult();
    }

    /// <summary>Waits for the last attempt, then closes.</summary>
    public async Task DisposeWhenUnusedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _unused.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
