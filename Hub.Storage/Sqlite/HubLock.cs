namespace Hub.Storage.Sqlite;

/// <summary>
/// Keeps a second hub off the journal: a file beside it, locked by the operating system for as long as this process
/// lives. The lock goes with the process however it ends; the file stays and means nothing by itself.
/// </summary>
internal sealed class HubLock : IDisposable
{
    private readonly FileStream _held;

    private HubLock(FileStream held) => _held = held;

    internal static HubLock Take(string file)
    {
        var path = file + ".lock";
        try
        {
            return new HubLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw SqliteFailure.CannotOpen(file, exception.Message);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw SqliteFailure.CannotOpen(file, exception.Message);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw SqliteFailure.InUse(file);
        }
        catch (IOException exception)
        {
            throw SqliteFailure.CannotOpen(file, exception.Message);
        }
    }

    public void Dispose() => _held.Dispose();
}
