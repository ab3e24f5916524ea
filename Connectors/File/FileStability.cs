namespace Connectors.File;

/// <summary>
/// Tells which files have stopped changing. What counts is how long the hub has seen the same size and time of change,
/// since the clock of the machine that writes the file may be another one.
/// </summary>
internal sealed class FileStability(TimeSpan stable)
{
    private Dictionary<string, Sight> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes in one look at the folder; what is no longer there is forgotten.</summary>
    /// <returns>The names that have not changed for long enough, in the order of the look.</returns>
    public List<string> Look(IEnumerable<(string Name, long Length, DateTime LastWrite)> files, DateTimeOffset now)
    {
        var seen = new Dictionary<string, Sight>(StringComparer.Ordinal);
        var ready = new List<string>();
        foreach (var (name, length, lastWrite) in files)
        {
            var sight = _seen.TryGetValue(name, out var before) && before.Length == length && before.LastWrite == lastWrite
                ? before
                : new Sight(length, lastWrite, now);
            seen.Add(name, sight);
            if (now - sight.Since >= stable) ready.Add(name);
        }

        _seen = seen;
        return ready;
    }

    private readonly record struct Sight(long Length, DateTime LastWrite, DateTimeOffset Since);
}
