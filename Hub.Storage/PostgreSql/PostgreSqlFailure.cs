using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>What an error of the database means to whoever runs the hub.</summary>
internal static class PostgreSqlFailure
{
    private const string HubFile = "hub.yaml";

    /// <summary>Two transactions stood in each other's way: the same again may pass.</summary>
    internal static bool IsCollision(PostgresException exception) => exception.SqlState is "40001" or "40P01" or "55P03";

    /// <summary>The connection is gone, or is not to be trusted any more: what was sent last may have been done or not.</summary>
    internal static bool IsLost(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.Severity is "FATAL" or "PANIC" || postgres.SqlState.StartsWith("08", StringComparison.Ordinal) || postgres.SqlState is "57P01" or "57P02" or "57P03" or "57014",
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException or OperationCanceledException => true,
        _ => false,
    };

    internal static JournalException From(PostgreSqlPlace place, Exception exception) => exception switch
    {
        JournalException known => known,
        PostgresException postgres => From(place, postgres),
        NpgsqlException { InnerException: PostgresException postgres } => From(place, postgres),
        NpgsqlException or IOException when IsTls(exception) => Of("JRN824", place, exception, ("reason", Reason(exception))),
        NpgsqlException when exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal) => Of("JRN825", place, exception, ("reason", exception.Message)),
        _ when IsLost(exception) => Of("JRN820", place, exception, ("reason", Reason(exception))),
        _ => JournalException.Refused(SourcePosition.None, exception.Message, exception),
    };

    internal static JournalException Malformed(string reason) => new(Finding.Error("JRN827", SourcePosition.WholeFile(HubFile), "store.postgresql", ("reason", reason)));

    internal static JournalException Newer(PostgreSqlPlace place, long found, long known) => new(Finding.Error(
        "JRN803", SourcePosition.WholeFile(place.Name), string.Empty, ("file", $"{place.Name} ({place.Schema})"),
        ("found", found.ToString(CultureInfo.InvariantCulture)), ("known", known.ToString(CultureInfo.InvariantCulture))));

    internal static JournalException Foreign(PostgreSqlPlace place, string reason) => Of("JRN826", place, null, ("reason", reason));

    internal static JournalException Unavailable(PostgreSqlPlace place, string reason) => Of("JRN820", place, null, ("reason", reason));

    internal static JournalException Refused(string reason) => JournalException.Refused(SourcePosition.None, reason);

    private static JournalException From(PostgreSqlPlace place, PostgresException exception)
    {
        var reason = ("reason", $"{exception.MessageText} ({exception.SqlState})");
        return exception.SqlState switch
        {
            "53100" or "58030" => new(Finding.Error("JRN810", SourcePosition.WholeFile(place.Name), string.Empty, ("file", place.Name), reason), exception),
            "28P01" or "28000" when exception.MessageText.Contains("encryption", StringComparison.Ordinal) => Of("JRN824", place, exception, reason),
            "28P01" or "28000" => Of("JRN821", place, exception, reason),
            "3D000" => Of("JRN822", place, exception, reason),
            "42501" => Of("JRN823", place, exception, reason),
            "53300" => Of("JRN825", place, exception, reason),
            "25006" => Of("JRN828", place, exception, reason),
            "XX001" or "XX002" => Of("JRN829", place, exception, reason),
            "42P01" or "42703" or "3F000" => Of("JRN826", place, exception, reason),
            "40001" or "40P01" or "55P03" => Of("JRN820", place, exception, reason),
            ['5', '3' or '7', ..] or "58000" => Of("JRN820", place, exception, reason),
            _ when IsLost(exception) => Of("JRN820", place, exception, reason),
            _ => JournalException.Refused(SourcePosition.None, exception.MessageText, exception),
        };
    }

    private static bool IsTls(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException || e.Message.Contains("SSL", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static string Reason(Exception exception) => exception.InnerException is { } inner ? $"{exception.Message} ({inner.Message})" : exception.Message;

    private static JournalException Of(string code, PostgreSqlPlace place, Exception? inner, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        new(Finding.Error(code, SourcePosition.WholeFile(HubFile), "store.postgresql", [("host", place.Host), ("database", place.Database), ("user", place.User), ("schema", place.Schema), .. arguments]), inner);
}
