namespace Hub.Core.Configuration.Reload;

/// <summary>
/// Calls back when the content of a configuration folder has changed. File system events give a quick answer;
/// polling finds what they miss: network drives, mounted config maps, overflowed event buffers.
/// </summary>
public sealed class ConfigurationWatcher : IDisposable
{
    private readonly Func<ConfigurationSnapshot> _read;
    private readonly Action<ConfigurationSnapshot> _changed;
    private readonly Action<Exception> _failed;
    private readonly ChangeDetector _detector = new();
    private readonly ChangeDebounce _debounce;
    private readonly ITimer _poll;
    private readonly FileSystemWatcher? _events;
    private readonly Lock _looking = new();

    /// <param name="read">Reads the folder.</param>
    /// <param name="started">The files the hub started with: only what differs from them is a change.</param>
    /// <param name="changed">Called with the new files, one call at a time, on a timer's thread.</param>
    /// <param name="failed">Told what <paramref name="read"/> or <paramref name="changed"/> threw; watching goes on.</param>
    /// <param name="folder">The folder whose events are heard; null to poll only.</param>
    /// <param name="pollEvery">Time between two looks without an event; 10 seconds unless given.</param>
    public ConfigurationWatcher(
        Func<ConfigurationSnapshot> read,
        ConfigurationSnapshot started,
        Action<ConfigurationSnapshot> changed,
        Action<Exception> failed,
        TimeProvider clock,
        string? folder = null,
        TimeSpan? pollEvery = null)
    {
        _read = read;
        _changed = changed;
        _failed = failed;
        _detector.IsChanged(started);
        _debounce = new ChangeDebounce(clock, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2), Look);
        var every = pollEvery ?? TimeSpan.FromSeconds(10);
        _poll = clock.CreateTimer(_ => Look(), null, every, every);
        _events = folder is null ? null : Listen(folder);
    }

    public void Dispose()
    {
        _events?.Dispose();
        _poll.Dispose();
        _debounce.Dispose();
    }

    private FileSystemWatcher? Listen(string folder)
    {
        FileSystemWatcher? events = null;
        try
        {
            events = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            events.Changed += (_, _) => _debounce.Signal();
            events.Created += (_, _) => _debounce.Signal();
            events.Deleted += (_, _) => _debounce.Signal();
            events.Renamed += (_, _) => _debounce.Signal();
            events.Error += (_, _) => _debounce.Signal();
            events.EnableRaisingEvents = true;
            return events;
        }
        catch (Exception error) when (error is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // No events on this file system, or no watch left: polling goes on alone.
            events?.Dispose();
            return null;
        }
    }

    private void Look()
    {
        lock (_looking)
        {
            try
            {
                var files = _read();
                if (_detector.IsChanged(files)) _changed(files);
            }
            catch (Exception error)
            {
                // On a timer's thread an exception would end the process, and with it messages in flight.
                _failed(error);
            }
        }
    }
}
