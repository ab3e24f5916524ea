using System.Runtime.CompilerServices;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Formats.Json;

namespace Hub.Core.Ingress;

/// <summary>
/// The one door. A record is identified and its pipelines run before the commit, so that acceptance, step outcomes and
/// deliveries are one commit; a pipeline that has to wait for another system is committed first and goes on behind the door.
/// </summary>
internal sealed class HubIngress : IIngress
{
    private volatile OpenDoor? _door;

    /// <summary>Everything a payload needs, of one configuration.</summary>
    private sealed record OpenDoor(HubDefinition Definition, FlowContext Context, MessageFlow Flow, Admissions Admissions, RecordIngress Records, ClaimIngress Claims);

    /// <summary>Lets payloads in, under this configuration; called again by a reload.</summary>
    public void Open(HubDefinition definition, FlowContext context, MessageFlow flow)
    {
        var admissions = new Admissions(context, flow);
        var records = new RecordIngress(definition, context, flow, admissions);
        _door = new OpenDoor(definition, context, flow, admissions, records, new ClaimIngress(definition, context, records));
    }

    public void Close() => _door = null;

    public ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return AcceptAsync(endpoint, payload, isOwn: false, cancellationToken);
    }

    /// <summary>
    /// Takes a message that the hub sends to an endpoint of its own. It is in flight already: to refuse it for want of room
    /// would leave what takes the room waiting for room.
    /// </summary>
    public ValueTask<IngressResult> AcceptOwnAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken) =>
        AcceptAsync(endpoint, payload, isOwn: true, cancellationToken);

    private ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, bool isOwn, CancellationToken cancellationToken)
    {
        if (_door is not { } door) return new ValueTask<IngressResult>(Refusals.Stopped());
        if (door.Definition.Endpoint(endpoint) is not { Pipelines.Count: > 0 } definition)
            return new ValueTask<IngressResult>(Refusals.Unknown(door.Definition, endpoint));
        var isTooLarge = definition.ClaimCheck is null && IsTooLarge(door, payload);
        if (isTooLarge && payload.Malformed == MalformedPolicy.Refuse) return new ValueTask<IngressResult>(Refusals.TooLarge(payload.Name, door.Definition.MaxBody));
        if (!door.Context.Journal.Health.Available) return new ValueTask<IngressResult>(Refusals.Unavailable(door.Context.Journal.Health.Finding));
        if (!isOwn && door.Flow.Room.IsFull) return new ValueTask<IngressResult>(Busy(door.Flow));
        // A sender that cannot be told has handed it over: refused, it would come again and again.
        if (isTooLarge) return door.Records.DeadLetterAsync(definition, payload, payload.Body, Refusals.TooLarge(payload.Name, door.Definition.MaxBody).Finding!);
        return definition.ClaimCheck is null ? AcceptAsync(door, definition, payload, cancellationToken) : AcceptLargeAsync(door, definition, payload, cancellationToken);
    }

    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (_door is { } door)
        {
            Task? room;
            lock (door.Flow.Dispatcher.Sync) room = door.Flow.Room.WhenRoom();
            if (room is null) return;
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsTooLarge(OpenDoor door, IncomingPayload payload) => payload.Stream is null && payload.Body.Length > door.Definition.MaxBody;

    private static ValueTask<IngressResult> AcceptAsync(OpenDoor door, EndpointDefinition endpoint, IncomingPayload payload, CancellationToken cancellationToken) =>
        payload.Stream is null && endpoint is { IsPlainJson: true, Pipelines.Count: 1, HasFileRules: false }
            ? AcceptDocumentAsync(door, endpoint, payload)
            : door.Records.AcceptAsync(endpoint, payload, cancellationToken);

    private static async ValueTask<IngressResult> AcceptLargeAsync(OpenDoor door, EndpointDefinition endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        var (answer, small) = await door.Claims.AcceptAsync(endpoint, payload, cancellationToken).ConfigureAwait(false);
        return answer ?? await AcceptAsync(door, endpoint, small, cancellationToken).ConfigureAwait(false);
    }

    private static IngressResult Busy(MessageFlow flow)
    {
        TimeSpan wait;
        lock (flow.Dispatcher.Sync) wait = flow.Room.RetryAfter();
        return Refusals.Busy(flow.Room, wait);
    }

    /// <summary>One JSON document for one pipeline: nothing is copied, and nothing is made but what the journal and the delivery keep.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<IngressResult> AcceptDocumentAsync(OpenDoor door, EndpointDefinition endpoint, IncomingPayload payload)
    {
        var body = WithoutMark(payload.Body);
        var run = door.Context.Runs.Rent();
        var reader = payload.Name == EndpointDefinition.BodyName ? endpoint.BodyReader : endpoint.BodyReader with { File = payload.Name };
        if (!JsonTapeReader.TryRead(body, run.Builder, reader, out var broken))
        {
            run.Dispose();
            if (payload.Malformed == MalformedPolicy.Refuse) return Refusals.Malformed(broken);
            return await door.Records.DeadLetterAsync(endpoint, payload, payload.Body, broken).ConfigureAwait(false);
        }

        run.Body = body;
        run.Attributes = payload.Attributes;
        run.Now = door.Context.Clock.GetUtcNow();
        var admission = door.Admissions.Admit(endpoint.Pipelines[0], run, endpoint.Name, default, door.Definition.Revision);
        try
        {
            FaultPoint.Reach(FaultPoint.Received);
            if (admission.Operation is { } operation) await door.Context.Journal.CommitAsync(operation).ConfigureAwait(false);
            FaultPoint.Reach(FaultPoint.Committed);
        }
        catch (JournalException error)
        {
            door.Admissions.Drop(admission);
            return Refusals.NotWritten(error);
        }
        catch (ObjectDisposedException)
        {
            door.Admissions.Drop(admission);
            return Refusals.Stopped();
        }

        var accepted = door.Admissions.Committed(admission, out var unacked);
        if (unacked is not null && await Admissions.EndAsync(unacked).ConfigureAwait(false) is { } left) return left;
        return new IngressResult
        {
            Status = accepted.Duplicate ? IngressStatus.Duplicate : IngressStatus.Accepted,
            Messages = [accepted],
            Accepted = accepted.Duplicate ? 0 : 1,
            Duplicates = accepted.Duplicate ? 1 : 0,
        };
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
