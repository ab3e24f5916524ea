namespace Hub.Core.Configuration.Reload;

/// <summary>Tells whether a folder differs from how it was last seen. Contents count, not times: a touched file is no change.</summary>
public sealed class ChangeDetector
{
    private readonly Lock _lock = new();
    private string? _seen;

    /// <summary>True when the files differ from those of the last call, and for the first call.</summary>
    public bool IsChanged(IConfigurationFiles files)
    {
        var now = Fingerprint(files);
        lock (_lock)
        {
            if (_seen == now) return false;
            _seen = now;
            return true;
        }
    }

    private static string Fingerprint(IConfigurationFiles files) =>
        $"{files.Exists}\n{string.Concat(files.Files.Values.Select(f => $"{f.Path}:{f.Revision}\n"))}{string.Concat(files.Findings)}";
}
