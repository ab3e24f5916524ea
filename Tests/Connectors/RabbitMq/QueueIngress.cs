using System.Collections.Concurrent;
using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;

namespace Tests.Connectors.RabbitMq;

/// <summary>A hub that takes one record a payload and knows what it took before; it answers when the test lets it.</summary>
internal sealed class QueueIngress : IIngress
{
    private readonly ConcurrentDictionary<string, bool> _known = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
    private int _offered;
    private TaskCompletionSource? _room;

    /// <summary>What was taken, in its order.</summary>
    public ConcurrentQueue<IncomingPayload> Accepted { get; } = new();

    public int Duplicates { get; private set; }

    /// <summary>How often something was offered, taken or not.</summary>
    public int Offered => Volatile.Read(ref _offered);

    /// <summary>Answers instead; null takes.</summary>
    public Func<IncomingPayload, IngressResult?> Instead { get; set; } = _ => null;

    /// <summary>Offers wait for <see cref="Release"/> before they are answered.</summary>
    public bool Waits { get; set; }

    public IReadOnlyList<string> Bodies => [.. Accepted.Select(p => Encoding.UTF8.GetString(p.Body.Span))];

    public async ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _offered);
        if (Instead(payload) is { } answer) return answer;
        var isNew = payload.Attributes.EventId is not { } id || _known.TryAdd(id, true);
        if (isNew) Accepted.Enqueue(payload);
        else Duplicates++;
        if (Waits)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            await turn.Task.WaitAsync(cancellationToken);
        }

        return new IngressResult { Status = isNew ? IngressStatus.Accepted : IngressStatus.Duplicate, Accepted = isNew ? 1 : 0, Duplicates = isNew ? 0 : 1 };
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => _room is { } room ? new ValueTask(room.Task.WaitAsync(cancellationToken)) : ValueTask.CompletedTask;

    /// <summary>From here on the hub is full.</summary>
    public void Fill()
    {
        _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Instead = _ => new IngressResult { Status = IngressStatus.Busy };
    }

    /// <summary>There is room again.</summary>
    public void MakeRoom()
    {
        Instead = _ => null;
        var room = _room!;
        _room = null;
        room.SetResult();
    }

    /// <summary>Answers all that waits, and nothing waits from here on.</summary>
    public void Release()
    {
        Waits = false;
        while (_waiting.TryDequeue(out var turn)) turn.TrySetResult();
    }
}
