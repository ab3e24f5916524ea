using System.Globalization;
using Hub.Abstractions.Files;

namespace Connectors.RabbitMq;

/// <summary>
/// How far a stream has been read: the offset behind the last message up to which the hub has answered all. It is kept in a
/// small file of the data folder, written now and then: what is read twice after a crash has the same event id and is a duplicate.
/// </summary>
internal sealed class StreamPosition
{
    private const int Often = 1_000;

    private readonly string _file;
    private readonly object _start;
    private readonly Action<string> _failed;
    private long _next;
    private long _written;

    /// <param name="file">Full path.</param>
    /// <param name="start">Where reading begins when nothing has been read yet.</param>
    /// <param name="failed">Told, with the reason, when the file cannot be written.</param>
    public StreamPosition(string file, object start, Action<string> failed)
    {
        _file = file;
        _start = start;
        _failed = failed;
        if (System.IO.File.Exists(file) && long.TryParse(System.IO.File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var next)) _next = _written = next;
    }

    /// <summary>Where a consumer begins.</summary>
    public object Begin => Volatile.Read(ref _next) is > 0 and var next ? next : _start;

    /// <summary>All up to this offset has been answered.</summary>
    public void Read(long offset)
    {
        Volatile.Write(ref _next, offset + 1);
        if (offset + 1 - _written >= Often) Save();
    }

    public void Save()
    {
        var next = Volatile.Read(ref _next);
        if (next == _written) return;
        try
        {
            var folder = Path.GetDirectoryName(_file)!;
            Directory.CreateDirectory(folder);
            System.IO.File.WriteAllText(_file + ".part", next.ToString(CultureInfo.InvariantCulture));
            System.IO.File.Move(_file + ".part", _file, overwrite: true);
            FolderSync.Flush(folder);
            _written = next;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _failed(FileReasons.Of(error));
        }
    }
}
