using Hub.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Connectors.RabbitMq;

/// <summary>
/// Declares or checks what an endpoint names, each thing on a channel that may be closed for it. What is there and differs
/// from what is written is an error; nothing is ever deleted, unbound or changed.
/// </summary>
internal sealed class Topology(EndpointSettings endpoint)
{
    /// <summary>What messages are taken from: the queue and what brings messages into it.</summary>
    /// <exception cref="TransientException">Something differs or is missing, with what to write.</exception>
    public async Task PrepareReceivingAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await QueueAsync(connection, cancellationToken).ConfigureAwait(false);
        if (endpoint.ErrorQueue is { } errors)
            await OnChannelAsync(connection, errors, c => c.QueueDeclarePassiveAsync(errors, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What messages are sent to.</summary>
    /// <exception cref="TransientException">Something differs or is missing, with what to write.</exception>
    public async Task PrepareSendingAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (endpoint.Exchange is { } exchange && exchange.Name.Length > 0) await ExchangeAsync(connection, exchange, cancellationToken).ConfigureAwait(false);
        await QueueAsync(connection, cancellationToken).ConfigureAwait(false);
        if (endpoint is { IsNServiceBus: true, Queue: null }) await TypesAsync(connection, endpoint.MessageTypes, cancellationToken).ConfigureAwait(false);
    }

    private async Task ExchangeAsync(IConnection connection, ExchangeSettings exchange, CancellationToken cancellationToken)
    {
        if (exchange.Declare == RabbitMqSpec.Check)
            await OnChannelAsync(connection, exchange.Name, c => c.ExchangeDeclarePassiveAsync(exchange.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
        else if (exchange.Declare == RabbitMqSpec.Create)
            await OnChannelAsync(connection, exchange.Name, c => c.ExchangeDeclareAsync(exchange.Name, exchange.Type, exchange.Durable, autoDelete: false, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task QueueAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (endpoint.Queue is not { } queue || queue.Declare is not (RabbitMqSpec.Create or RabbitMqSpec.Check)) return;
        if (queue.Declare == RabbitMqSpec.Check)
        {
            await OnChannelAsync(connection, queue.Name, c => c.QueueDeclarePassiveAsync(queue.Name, cancellationToken), cancellationToken).ConfigureAwait(false);
            return;
        }

        var arguments = new Dictionary<string, object?>(queue.Arguments, StringComparer.Ordinal);
        await OnChannelAsync(connection, queue.Name, c => c.QueueDeclareAsync(queue.Name, queue.Durable, exclusive: false, queue.AutoDelete, arguments, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var binding in endpoint.Bindings) await BindAsync(connection, queue, binding, cancellationToken).ConfigureAwait(false);
        if (endpoint.IsNServiceBus) await ConventionalAsync(connection, queue, cancellationToken).ConfigureAwait(false);
    }

    private Task BindAsync(IConnection connection, QueueSettings queue, BindingSettings binding, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object?>(binding.Arguments, StringComparer.Ordinal);
        return OnChannelAsync(connection, binding.Exchange, c => c.QueueBindAsync(queue.Name, binding.Exchange, binding.RoutingKey, arguments, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>NServiceBus's conventional topology: a fanout exchange of the queue's name in front of it, and the exchanges of subscribed types bound to that.</summary>
    private async Task ConventionalAsync(IConnection connection, QueueSettings queue, CancellationToken cancellationToken)
    {
        await FanoutAsync(connection, queue.Name, cancellationToken).ConfigureAwait(false);
        await OnChannelAsync(connection, queue.Name, c => c.QueueBindAsync(queue.Name, queue.Name, string.Empty, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var type in endpoint.Subscribe)
        {
            var exchange = NServiceBusTypes.Exchange(type);
            await FanoutAsync(connection, exchange, cancellationToken).ConfigureAwait(false);
            await OnChannelAsync(connection, exchange, c => c.ExchangeBindAsync(queue.Name, exchange, string.Empty, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The exchange of a published type, bound to those of what it implements, so that who subscribed to one of these gets it.</summary>
    private async Task TypesAsync(IConnection connection, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        foreach (var type in types) await FanoutAsync(connection, NServiceBusTypes.Exchange(type), cancellationToken).ConfigureAwait(false);
        var own = NServiceBusTypes.Exchange(types[0]);
        foreach (var implemented in types.Skip(1).Select(NServiceBusTypes.Exchange))
            await OnChannelAsync(connection, implemented, c => c.ExchangeBindAsync(implemented, own, string.Empty, cancellationToken: cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private Task FanoutAsync(IConnection connection, string name, CancellationToken cancellationToken) =>
        OnChannelAsync(connection, name, c => c.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken), cancellationToken);

    private async Task OnChannelAsync(IConnection connection, string name, Func<IChannel, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await act(channel).ConfigureAwait(false);
            await channel.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationInterruptedException error)
        {
            throw new TransientException(BrokerFaults.Failed(endpoint.Name, error, name), null, error);
        }
        catch (Exception error) when (BrokerFaults.IsOutside(error) && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(BrokerFaults.Failed(endpoint.Name, error, name), null, error);
        }
    }
}
