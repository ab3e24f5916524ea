using Connectors.Sandbox;
using Hub.Abstractions.Connectors;

namespace Tests.Connectors;

/// <summary>Into the sandbox; the values of a message count as secrets.</summary>
public sealed class SandboxSenderConformanceTests : SenderConformance
{
    private readonly ConnectorSetup _setup = new();
    private readonly SandboxDirectory _directory = new();
    private ISender? _sender;

    protected override string Secret => "whispered";

    protected override ISender Sender => _sender!;

    public override Task InitializeAsync()
    {
        var connector = new SandboxConnector(_directory);
        var endpoint = _setup.Endpoint(connector, "crm.deals", "key: externalId");
        _sender = connector.Open(_setup.System(connector, "crm", "{}", endpoint)).OpenSender(endpoint);
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        _setup.Delete();
        return Task.CompletedTask;
    }

    protected override IReadOnlyList<byte[]> Effects() => [.. _directory.Find("crm")!.Find("deals")!.All().SelectMany(r => Enumerable.Repeat(r.Body.ToArray(), r.Version))];

    protected override Task TakeAwayAsync() => SetDownAsync(true);

    protected override Task BringBackAsync() => SetDownAsync(false);

    protected override OutgoingMessage Refused() => ConnectorSetup.Message("""{"secret":"whispered"}""");

    private Task SetDownAsync(bool down)
    {
        var system = _directory.Find("crm")!;
        system.Behavior = system.Behavior with { Down = down };
        return Task.CompletedTask;
    }
}
