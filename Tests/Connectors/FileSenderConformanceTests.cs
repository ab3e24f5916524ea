using Connectors.File;
using Hub.Abstractions.Connectors;

namespace Tests.Connectors;

/// <summary>Into a real folder; absolute paths count as secrets of the machine.</summary>
public sealed class FileSenderConformanceTests : SenderConformance
{
    private readonly ConnectorSetup _setup = new();
    private ISender? _sender;

    protected override string Secret => _setup.Root;

    protected override ISender Sender => _sender!;

    private string Folder => Path.Combine(_setup.DataFolder, "outbox");

    public override Task InitializeAsync()
    {
        var connector = new FileConnector();
        var endpoint = _setup.Endpoint(connector, "crm.deals", "path: outbox");
        _sender = connector.Open(_setup.System(connector, "crm", "{}", endpoint)).OpenSender(endpoint);
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        _setup.Delete();
        return Task.CompletedTask;
    }

    protected override IReadOnlyList<byte[]> Effects() => Directory.Exists(Folder) ? [.. Directory.GetFiles(Folder).Select(File.ReadAllBytes)] : [];

    protected override Task TakeAwayAsync()
    {
        if (Directory.Exists(Folder)) Directory.Move(Folder, Folder + ".away");
        File.WriteAllText(Folder, "a file where the folder should be");
        return Task.CompletedTask;
    }

    protected override Task BringBackAsync()
    {
        File.Delete(Folder);
        if (Directory.Exists(Folder + ".away")) Directory.Move(Folder + ".away", Folder);
        return Task.CompletedTask;
    }

    protected override OutgoingMessage Refused()
    {
        var message = ConnectorSetup.Message("""{"externalId":"X"}""", "0000000000009-0");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "0000000000009-0.json"), "another message's content");
        return message;
    }
}
