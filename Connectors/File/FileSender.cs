using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Files;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>
/// Writes each message as one file: under a hidden name first, flushed to the disk, then renamed, so that a reader sees
/// the whole file or none. A repeat finds its own file with the same content and is done. A file of the same name with
/// other content is another message's: it is left alone and the delivery fails, since a reader may not have taken it yet.
/// </summary>
internal sealed class FileSender : ISender
{
    private readonly string _endpoint;
    private readonly string _folder;
    private readonly string _shownFolder;
    private readonly FileNameTemplate _name;
    private readonly OutgoingBody _body;
    private readonly bool _sendsClaims;

    public FileSender(EndpointContext endpoint, string folder)
    {
        _endpoint = endpoint.Name.ToString();
        _folder = folder;
        _shownFolder = endpoint.Settings.Text("path").TrimEnd('/');
        _name = FileNameTemplate.TryParse(endpoint.Settings.Text("name"))
            ?? throw new MappingException(Finding.Error("CFG291", endpoint.Settings.Position("name"), endpoint.Settings.PathOf("name")));
        _body = new OutgoingBody(endpoint);
        _sendsClaims = ClaimBody.IsSent(endpoint);
    }

    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var name = _name.Fill(message, _endpoint);
        var content = _sendsClaims && message.Claim is { } claim ? new OutgoingFile(claim) : new OutgoingFile(_body.Convert(message.Body));
        var target = Path.Combine(_folder, name);
        var draft = Path.Combine(_folder, $".{FileNameTemplate.Sanitise(message.IdempotencyKey)}.{name}.part");
        try
        {
            Directory.CreateDirectory(_folder);
            if (System.IO.File.Exists(target))
            {
                await CheckSameAsync(target, name, content, cancellationToken);
                return;
            }

            await content.WriteAsync(draft, cancellationToken);
            try
            {
                System.IO.File.Move(draft, target, overwrite: false);
            }
            catch (IOException) when (System.IO.File.Exists(target))
            {
                // Another delivery took the name in between.
                await CheckSameAsync(target, name, content, cancellationToken);
                return;
            }

            FolderSync.Flush(_folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileFaults.Write(error, Shown(name));
        }
        finally
        {
            Remove(draft);
        }
    }

    private async ValueTask CheckSameAsync(string path, string name, OutgoingFile content, CancellationToken cancellationToken)
    {
        if (await content.IsSameAsync(path, cancellationToken)) return;
        throw new PermanentException(Finding.Error("DLV644", SourcePosition.WholeFile(Shown(name)), "", ("endpoint", _endpoint)));
    }

    private static void Remove(string draft)
    {
        try
        {
            System.IO.File.Delete(draft);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A draft that stays is hidden from readers, and the next attempt writes it anew.
        }
    }

    private string Shown(string name) => $"{_shownFolder}/{name}";
}
