using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Mappings.Diagnostics;

namespace Hub.Core.Sagas;

/// <summary>
/// The saga of an endpoint. Its data is a document of the hub, <c>saga:ENDPOINT</c> and the correlation value; the lane makes
/// one message of an instance wait for the other, and the document's version makes sure of it.
/// </summary>
internal sealed class SagaWork : EndpointWork
{
    private readonly EndpointRegistration _registration;
    private readonly EndpointRegistration.Registered _saga;
    private readonly SagaCorrelation _correlation;
    private readonly Dictionary<Type, MessageHandler> _handlers;
    private readonly Dictionary<Type, MessageHandler> _timeouts;
    private readonly Type _data;

    public SagaWork(
        EndpointName name, IReadOnlyDictionary<string, Type> types, MessagingDefinition definition,
        EndpointRegistration registration, SagaCorrelation correlation, Type data)
        : base(name, types, definition)
    {
        _registration = registration;
        _saga = registration.Sagas[0];
        _correlation = correlation;
        _data = data;
        _handlers = MessageHandler.Of(_saga.Type).ToDictionary(h => h.Message);
        _timeouts = MessageHandler.Timeouts(_saga.Type).ToDictionary(h => h.Message);
        Kind = KindOf(name);
    }

    /// <summary>Under which its instances are kept.</summary>
    public string Kind { get; }

    public override string Title => _saga.Type.Name;

    public static string KindOf(EndpointName endpoint) => $"saga:{endpoint}";

    public override bool TryKey(IncomingEnvelope incoming, out string key, out Finding? finding)
    {
        var type = incoming.Message.GetType();
        string? found = null;
        string? reason;
        if (incoming.SagaId is { } id) reason = SagaCorrelation.Refusal(found = id);
        else if (_correlation.Finds(type))
        {
            if (_correlation.TryValue(incoming.Message, out var value, out reason)) reason = SagaCorrelation.Refusal(found = SagaCorrelation.Text(value));
        }
        else reason = "the saga maps no property of this type";
        key = reason is null ? found! : string.Empty;
        finding = reason is null ? null : Finding.Error(
            "SAG857", SourcePosition.None, string.Empty, ("type", Definition.NameOf(type)), ("saga", Title), ("reason", reason), ("short", type.Name));
        return reason is null;
    }

    public override async Task<WorkResult> RunAsync(IncomingEnvelope incoming, FlowContext flow, CancellationToken cancellationToken)
    {
        var type = incoming.Message.GetType();
        if (!TryKey(incoming, out var key, out var nowhere)) return WorkResult.Failed(nowhere!);
        var handler = (incoming.IsTimeout ? _timeouts : _handlers).GetValueOrDefault(type);
        if (handler is null) return WorkResult.Failed(Finding.Error("SAG851", SourcePosition.None, string.Empty, ("type", Definition.NameOf(type)), ("endpoint", Name.ToString()), ("known", string.Join(", ", Types.Keys))));
        var state = await flow.Store.FindStateAsync(Kind, key, cancellationToken).ConfigureAwait(false);
        var context = new HandlerContext(incoming, Name, key, isSaga: true, Definition, flow.Clock, cancellationToken) { Handler = Title };
        if (state is null && !handler.Starts) return await NotFoundAsync(incoming, key, context).ConfigureAwait(false);

        Saga? saga = null;
        await CallAsync(context, () =>
        {
            saga = (Saga)_saga.Create();
            saga.Key = key;
            return Task.CompletedTask;
        }).ConfigureAwait(false);
        if (state is null) Begin(saga!, incoming);
        else if (Read(state, saga!) is { } unreadable) return WorkResult.Failed(unreadable);
        IReadOnlyList<WriteStateOperation> writes = [];
        await CallAsync(context, async () =>
        {
            await handler.Invoke(saga!, incoming.Message, context).ConfigureAwait(false);
            if (!saga!.Completed && SagaCorrelation.Text(_correlation.Property!.GetValue(saga.Entity)) != key)
                throw new InvalidOperationException($"{_correlation.Property.Name} was changed; a saga keeps the value by which it is found.");
            writes = Writes(saga, key, state, flow.Clock.GetUtcNow());
        }).ConfigureAwait(false);
        return WorkResult.Done(new HandlerEffects(writes, context.Outgoing), context.Warnings);
    }

    /// <summary>The identity of an instance is made of its endpoint and key, so that whoever works on its first message makes the same.</summary>
    private Guid IdOf(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}\0{key}")).AsSpan(0, 16));

    private void Begin(Saga saga, IncomingEnvelope incoming)
    {
        saga.Entity.Id = IdOf(saga.Key!);
        saga.Entity.Originator = incoming.ReplyTo;
        saga.Entity.OriginalMessageId = incoming.Id.ToString();
        if (_correlation.TryValue(incoming.Message, out var value, out _)) _correlation.Property!.SetValue(saga.Entity, value);
    }

    private Finding? Read(StateRecord state, Saga saga)
    {
        string reason;
        try
        {
            if (JsonSerializer.Deserialize(state.Body.Span, _data, Definition.Json) is IContainSagaData data)
            {
                saga.Entity = data;
                return null;
            }

            reason = "null";
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            reason = error.Message;
        }

        return Finding.Error("SAG853", SourcePosition.None, string.Empty, ("saga", Title), ("key", state.Key), ("type", _data.Name), ("reason", reason));
    }

    private IReadOnlyList<WriteStateOperation> Writes(Saga saga, string key, StateRecord? state, DateTimeOffset now)
    {
        var version = state?.Version ?? 0;
        if (saga.Completed) return version == 0 ? [] : [new WriteStateOperation(Kind, key, version, null, now)];
        return [new WriteStateOperation(Kind, key, version, JsonSerializer.SerializeToUtf8Bytes(saga.Entity, _data, Definition.Json), now)];
    }

    /// <summary>No saga is there: a timeout has come after its end; anything else is somebody's business.</summary>
    private async Task<WorkResult> NotFoundAsync(IncomingEnvelope incoming, string key, HandlerContext context)
    {
        (string, string)[] arguments = [("type", Definition.NameOf(incoming.Message.GetType())), ("saga", Title), ("key", key)];
        if (incoming.IsTimeout) return WorkResult.Filtered(Finding.Warning("SAG855", SourcePosition.None, string.Empty, arguments));
        if (_registration.NotFound.Count == 0)
        {
            return _registration.WhenNotFound == SagaNotFound.Dead
                ? WorkResult.Failed(Finding.Error("SAG854", SourcePosition.None, string.Empty, arguments))
                : WorkResult.Filtered(Finding.Warning("SAG868", SourcePosition.None, string.Empty, arguments));
        }

        foreach (var registered in _registration.NotFound)
        {
            context.Handler = registered.Type.Name;
            await CallAsync(context, () => ((IHandleSagaNotFound)registered.Create()).Handle(incoming.Message, context)).ConfigureAwait(false);
        }

        return WorkResult.Done(new HandlerEffects([], context.Outgoing), [Finding.Warning("SAG868", SourcePosition.None, string.Empty, arguments), .. context.Warnings]);
    }
}
