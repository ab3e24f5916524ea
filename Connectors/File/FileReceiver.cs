using System.Globalization;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Files;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Connectors.File;

/// <summary>
/// Takes files in, one after the other in the order of their names.
/// </summary>
/// <remarks>
/// A crash between claim and acceptance leaves the file in <c>.claimed/</c>; the next start takes it up. A crash between
/// acceptance and <c>.done/</c> does too, and the same event id makes each of its records a duplicate: the id is made of
/// name, length and time of change, all of which a rename keeps.
/// </remarks>
internal sealed class FileReceiver
{
    private readonly EndpointContext _endpoint;
    private readonly Inbox _inbox;
    private readonly IIngress _ingress;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly string _pattern;
    private readonly TimeSpan _poll;
    private readonly FileStability _stability;
    private string? _trouble;

    public FileReceiver(EndpointContext endpoint, string folder, IIngress ingress, TimeProvider clock, ILogger logger)
    {
        _endpoint = endpoint;
        _inbox = new Inbox(folder, clock);
        _ingress = ingress;
        _clock = clock;
        _logger = logger;
        _pattern = endpoint.Settings.Text("pattern");
        _poll = endpoint.Settings.Duration("poll");
        _stability = new FileStability(endpoint.Settings.Duration("stable"));
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_poll, _clock);
        try
        {
            do
            {
                await LookAsync(cancellationToken);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that the hub asked for; a claimed file is taken up at the next start.
        }
    }

    /// <summary>One look at the folder: takes up what is claimed, then takes what is ready.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            _inbox.Create();
            foreach (var name in _inbox.Claimed()) await TakeAsync(name, cancellationToken);
            foreach (var name in _stability.Look(_inbox.Look(_pattern), _clock.GetUtcNow()))
            {
                await _ingress.WaitForRoomAsync(cancellationToken);
                if (_inbox.TryClaim(name)) await TakeAsync(name, cancellationToken);
            }

            if (_trouble is not null) Log.FolderBack(_logger, _endpoint.Name.ToString());
            _trouble = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Reported once, not at every look.
            var reason = FileReasons.Of(error);
            if (_trouble != reason) Log.FolderFailed(_logger, _endpoint.Name.ToString(), reason);
            _trouble = reason;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.ReceiveFailed(_logger, error, _endpoint.Name.ToString());
        }
    }

    private async Task TakeAsync(string name, CancellationToken cancellationToken)
    {
        var shown = $"{_endpoint.Settings.Text("path").TrimEnd('/')}/{name}";
        while (true)
        {
            await _ingress.WaitForRoomAsync(cancellationToken);
            var file = _inbox.Claim(name);
            // Looked at after the claim: until then the link could still be exchanged.
            if (file.LinkTarget is not null)
            {
                Fail(name, shown, Finding.Error("ING741", SourcePosition.WholeFile(shown)));
                return;
            }

            if (await AcceptAsync(file, shown, cancellationToken) is not { } result)
            {
                Fail(name, shown, Finding.Error("ING742", SourcePosition.WholeFile(shown)));
                return;
            }

            switch (result.Status)
            {
                case IngressStatus.Accepted or IngressStatus.Duplicate when result.Stopped is not null:
                    Fail(name, shown, result.Stopped);
                    return;
                case IngressStatus.Accepted or IngressStatus.Duplicate:
                    _inbox.Done(name);
                    Log.FileAccepted(_logger, shown, result.Accepted, result.Duplicates, result.Malformed);
                    return;
                case IngressStatus.Busy or IngressStatus.Unavailable:
                    Log.FileWaits(_logger, shown, result.Status.ToString());
                    await Task.Delay(result.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : _poll, _clock, cancellationToken);
                    break;
                default:
                    Fail(name, shown, result.Finding ?? Finding.Error("ING743", SourcePosition.WholeFile(shown), "", ("status", result.Status.ToString())));
                    return;
            }
        }
    }

    /// <returns>Null when the hub may not read the file.</returns>
    private async Task<IngressResult?> AcceptAsync(FileInfo file, string shown, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (UnauthorizedAccessException)
        {
            // Told by the caller, beside the file.
            return null;
        }

        await using (stream)
        {
            var identity = string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc:yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'}");
            var payload = new IncomingPayload
            {
                Stream = stream,
                Name = shown,
                Attributes = new MessageAttributes { EventId = identity },
                Malformed = MalformedPolicy.DeadLetter,
            };
            return await _ingress.AcceptAsync(_endpoint.Name, payload, cancellationToken);
        }
    }

    private void Fail(string name, string shown, Finding finding)
    {
        _inbox.Failed(name, [FindingFormatter.Long(finding)]);
        Log.FileRefused(_logger, shown, finding.ToString());
    }
}
