using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>The folders of one system.</summary>
internal sealed class FileSystemConnection : ISystemConnection, ISystemCheck
{
    private readonly SystemContext _context;

    public FileSystemConnection(SystemContext context)
    {
        _context = context;
        var findings = new Findings();
        foreach (var endpoint in context.Endpoints)
        {
            var settings = endpoint.Settings;
            if (FileNameTemplate.TryParse(settings.Text("name")) is null) findings.Error("CFG291", settings.Position("name"), settings.PathOf("name"));
            if (settings.Duration("poll") <= TimeSpan.Zero) findings.Error("CFG292", settings.Position("poll"), settings.PathOf("poll"));
        }

        if (findings.HasErrors) throw new MappingException(findings.Sorted());
    }

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken) =>
        new FileReceiver(endpoint, Folder(endpoint), ingress, _context.Clock, _context.Logger).RunAsync(cancellationToken);

    public ISender OpenSender(EndpointContext endpoint) => new FileSender(endpoint, Folder(endpoint));

    public IRequester OpenRequester(EndpointContext endpoint) => throw new NotSupportedException("Folders answer no questions.");

    public ValueTask<SystemCheck> CheckAsync(CancellationToken cancellationToken) =>
        new(FileCheck.Run(_context.Endpoints.Select(e => (Folder(e), e.Settings.Text("path"))), _context.Random));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Folder(EndpointContext endpoint) => Path.GetFullPath(Path.Combine(_context.DataFolder, endpoint.Settings.Text("path")));
}
