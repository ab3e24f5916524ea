using Hub.Abstractions;
using Mappings.Yaml;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Makes connections to one broker.</summary>
internal sealed class BrokerConnector(string system, BrokerAddress address, BrokerTls tls, SpecValue settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>More than a broker takes: what it hands out is never refused by the client, which would break the connection for all.</summary>
    private const uint LargestBody = 512 * 1024 * 1024;

    public string System => system;

    public BrokerAddress Address => address;

    public string? TlsProblem => tls.Problem;

    /// <exception cref="TransientException">There is none, with the reason.</exception>
    public async Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            UserName = address.User,
            Password = address.Password,
            VirtualHost = address.VirtualHost,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            ConsumerDispatchConcurrency = 1,
            RequestedHeartbeat = settings.Duration("heartbeat"),
            RequestedConnectionTimeout = Patience,
            HandshakeContinuationTimeout = Patience,
            ContinuationTimeout = Patience,
            MaxInboundMessageBodySize = LargestBody,
        };
        var hosts = address.Hosts.Select(h => new AmqpTcpEndpoint(h.Host, h.Port, address.IsSecure ? tls.Option(h.Host) : new SslOption(), LargestBody));
        try
        {
            return await factory.CreateConnectionAsync(hosts, $"{settings.TextOrNull("connection_name") ?? $"hub {system}"} ({purpose})", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(BrokerFaults.Connecting(this, error), null, error);
        }
    }
}
