using System.Globalization;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Reads the URI form of a connection, which other programs call a database URL.</summary>
internal static class PostgreSqlUri
{
    /// <summary>The keyword form of either form.</summary>
    /// <exception cref="FormatException">It begins like a URI and is none.</exception>
    internal static string ToConnectionString(string text)
    {
        if (!text.StartsWith("postgresql://", StringComparison.Ordinal) && !text.StartsWith("postgres://", StringComparison.Ordinal)) return text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw new FormatException("it begins like a URI and is none");
        var builder = new NpgsqlConnectionStringBuilder { Host = Uri.UnescapeDataString(uri.Host), Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')) };
        if (uri.Port > 0) builder.Port = uri.Port;
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length == 2) builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var n, var v] ? (Uri.UnescapeDataString(n), Uri.UnescapeDataString(v)) : (pair, string.Empty);
            builder[Keyword(name)] = name == "sslmode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value;
        }

        return builder.ConnectionString;
    }

    private static string Keyword(string name) => name.ToLower(CultureInfo.InvariantCulture) switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "sslcert" => "SSL Certificate",
        "sslkey" => "SSL Key",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        "options" => "Options",
        "target_session_attrs" => "Target Session Attributes",
        _ => name,
    };
}
