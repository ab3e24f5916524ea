using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.RabbitMq;

/// <summary>One broker: a connection for what is received and one for what is published, so that an alarm that stops publishers stops no acks.</summary>
internal sealed class RabbitMqSystem : ISystemConnection
{
    private readonly SystemContext _context;
    private readonly Dictionary<EndpointName, EndpointSettings> _endpoints = [];
    private readonly Dictionary<(EndpointName, string), Publisher> _publishers = [];
    private readonly BrokerLink _consuming;
    private readonly BrokerLink _publishing;

    public RabbitMqSystem(SystemContext context)
    {
        _context = context;
        var findings = new Findings();
        var address = BrokerAddress.Read(context, findings);
        var tls = BrokerTls.Read(context, findings);
        foreach (var endpoint in context.Endpoints) _endpoints.Add(endpoint.Name, EndpointSettings.Read(endpoint, findings));
        if (findings.HasErrors) throw new MappingException(findings.Sorted());
        var connector = new BrokerConnector(context.Name, address!, tls, context.Settings);
        _consuming = new BrokerLink(connector, "receives");
        _publishing = new BrokerLink(connector, "sends");
    }

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken)
    {
        var settings = _endpoints[endpoint.Name];
        var queue = settings.Queue ?? throw new MappingException(Finding.Error("CFG353", endpoint.Settings.At, endpoint.Settings.Path, ("endpoint", endpoint.Name.ToString())));
        var context = new ReceiveContext
        {
            Endpoint = settings,
            Queue = queue,
            Ingress = ingress,
            Reader = new ContentReader(settings),
            Clock = _context.Clock,
            Logger = _context.Logger,
            Position = queue.IsStream ? Position(settings) : null,
            Errors = settings.ErrorQueue is { } errors
                ? new ErrorQueue(endpoint.Name, queue.Name, errors, EndpointName, Publisher(endpoint.Name, errors, null), _context.Clock, _context.Logger)
                : null,
            Retries = settings.Content is null or ContentKind.NServiceBus ? new RetryAcknowledgements(endpoint.Name, Publisher(endpoint.Name, "ServiceControl", null), _context.Clock, _context.Logger) : null,
        };
        return new RabbitMqReceiver(context, _consuming, new Topology(settings), _context.Random).RunAsync(cancellationToken);
    }

    public ISender OpenSender(EndpointContext endpoint)
    {
        var settings = _endpoints[endpoint.Name];
        var content = new ContentWriter(settings, EndpointName, _context.Clock);
        return new RabbitMqSender(content, Publisher(endpoint.Name, content.Target, new Topology(settings)), ClaimBody.IsSent(endpoint));
    }

    public IRequester OpenRequester(EndpointContext endpoint) => throw new NotSupportedException("Queues answer no questions.");

    public async ValueTask DisposeAsync()
    {
        List<Publisher> publishers;
        lock (_publishers) publishers = [.. _publishers.Values];
        foreach (var publisher in publishers) await publisher.DisposeAsync().ConfigureAwait(false);
        await _publishing.DisposeAsync().ConfigureAwait(false);
        await _consuming.DisposeAsync().ConfigureAwait(false);
    }

    private string EndpointName => _context.Settings.Text("endpoint_name");

    private Publisher Publisher(EndpointName endpoint, string target, Topology? topology)
    {
        lock (_publishers)
        {
            if (!_publishers.TryGetValue((endpoint, target), out var publisher))
                _publishers.Add((endpoint, target), publisher = new Publisher(endpoint, _publishing, target, topology is null ? null : topology.PrepareSendingAsync));
            return publisher;
        }
    }

    private StreamPosition Position(EndpointSettings endpoint)
    {
        _ = StreamOffset.TryParse(endpoint.Context.Settings.Text("offset"), out var start);
        var file = Path.GetFullPath(Path.Combine(_context.DataFolder, "rabbitmq", $"{endpoint.Name}.offset"));
        return new StreamPosition(file, start!, reason => Log.StreamPositionUnwritten(_context.Logger, endpoint.Name.ToString(), reason));
    }
}
