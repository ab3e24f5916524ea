using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;

namespace Tests.Connectors;

/// <summary>A hub that takes what it is given, a payload as one record, and knows what it took before; or answers as the test says.</summary>
internal sealed class FakeIngress : IIngress
{
    private readonly HashSet<string> _events = [];

    /// <summary>What was taken: the payload's name and content, duplicates left out.</summary>
    public List<(string Name, string Content)> Accepted { get; } = [];

    public List<IncomingPayload> Payloads { get; } = [];

    public int Duplicates { get; private set; }

    /// <summary>Answers before anything is taken; null goes on.</summary>
    public Func<IncomingPayload, IngressResult?> Before { get; set; } = _ => null;

    /// <summary>Happens after a payload was taken and before the receiver knows.</summary>
    public Action After { get; set; } = () => { };

    /// <summary>Completes when a payload was taken.</summary>
    public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Room { get; set; } = Open();

    public async ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        Payloads.Add(payload);
        if (Before(payload) is { } answer) return answer;
        using var reader = new StreamReader(payload.Stream ?? new MemoryStream(payload.Body.ToArray()));
        var content = await reader.ReadToEndAsync(cancellationToken);
        var isNew = _events.Add(payload.Attributes.EventId!);
        if (isNew) Accepted.Add((payload.Name, content));
        else Duplicates++;
        After();
        Taken.TrySetResult();
        return new IngressResult { Status = isNew ? IngressStatus.Accepted : IngressStatus.Duplicate, Accepted = isNew ? 1 : 0, Duplicates = isNew ? 0 : 1 };
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => new(Room.Task.WaitAsync(cancellationToken));

    private static TaskCompletionSource Open()
    {
        var room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        room.SetResult();
        return room;
    }
}
