using Hub.Core.Journal;
using Mappings.Diagnostics;
using SQLitePCL;

namespace Hub.Storage.Sqlite;

/// <summary>What a result code of SQLite means to whoever runs the hub.</summary>
internal static class SqliteFailure
{
    internal static JournalException From(string file, int result, string reason) => (result & 0xff) switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(file, reason),
        raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM => Of("JRN810", file, ("reason", reason)),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Of("JRN812", file, ("reason", reason)),
        _ => Refused(file, reason),
    };

    internal static JournalException Damaged(string file, string reason) => Of("JRN801", file, ("reason", reason));

    internal static JournalException InUse(string file) => Of("JRN802", file);

    internal static JournalException Newer(string file, long found, long known) =>
        Of("JRN803", file, ("found", found.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("known", known.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    internal static JournalException CannotOpen(string file, string reason) => Of("JRN804", file, ("reason", reason));

    internal static JournalException Refused(string file, string reason) => JournalException.Refused(SourcePosition.WholeFile(file), reason);

    private static JournalException Of(string code, string file, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(Finding.Error(code, SourcePosition.WholeFile(file), string.Empty, [("file", file), .. arguments]));
}
