using System.Globalization;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>A database as it is named to a reader, without its password, and the connection strings made from what was configured.</summary>
internal sealed class PostgreSqlPlace
{
    private const int ClaimConnections = 8;

    private readonly NpgsqlConnectionStringBuilder _given;
    private readonly PostgreSqlJournalStoreOptions _options;

    internal PostgreSqlPlace(PostgreSqlJournalStoreOptions options)
    {
        _options = options;
        Schema = options.Schema;
        if (!IsSchema(options.Schema)) throw PostgreSqlFailure.Malformed($"\"{options.Schema}\" is not a schema: lower-case letters, digits and _, beginning with a letter, at most 63");
        try
        {
            _given = new NpgsqlConnectionStringBuilder(PostgreSqlUri.ToConnectionString(options.Connection));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // What the driver says of it may hold a part of the password.
            throw PostgreSqlFailure.Malformed(exception is FormatException ? exception.Message : "it has a keyword or a value that is not known");
        }

        if (string.IsNullOrEmpty(_given.Host)) throw PostgreSqlFailure.Malformed("it names no Host");
        if (string.IsNullOrEmpty(_given.Database)) throw PostgreSqlFailure.Malformed("it names no Database");
    }

    internal string Schema { get; }

    internal TimeProvider Clock => _options.Clock;

    internal string Host => _given.Host!;

    internal string Database => _given.Database!;

    internal string User => string.IsNullOrEmpty(_given.Username) ? Environment.UserName : _given.Username;

    /// <summary>What findings call it: <c>user@host:port/database</c>.</summary>
    internal string Name => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{_given.Port}/{Database}");

    /// <summary>The one connection that commits. Its plans use indexes only, whatever the statistics say: its tables may be empty or huge.</summary>
    internal string Writing => With(
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off -c work_mem=64MB -c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0",
        builder =>
        {
            builder.Pooling = false;
            builder.IncludeFailedBatchedCommand = true;
        });

    /// <summary>Connections for views: each batch of statements sees one moment.</summary>
    internal string Viewing => With(
        "-c jit=off -c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on",
        builder =>
        {
            builder.Pooling = true;
            builder.MinPoolSize = 0;
            builder.MaxPoolSize = _options.ViewConnections;
        });

    /// <summary>A node's membership: nothing of it waits for long, so that its lease is renewed or known not to be.</summary>
    internal string Membership => With(
        "-c lock_timeout=300 -c statement_timeout=2000 -c idle_in_transaction_session_timeout=2000 -c jit=off -c synchronous_commit=on",
        builder =>
        {
            builder.Pooling = false;
            builder.CommandTimeout = 2;
            builder.Timeout = 2;
        });

    /// <summary>What listens to other nodes.</summary>
    internal string Listening => With(string.Empty, builder =>
    {
        builder.Pooling = false;
        builder.KeepAlive = 5;
    });

    /// <summary>Connections for large payloads, each held while one is written: a few are enough, and they take none from the views.</summary>
    internal string Claiming => With(
        "-c jit=off -c synchronous_commit=on -c default_transaction_isolation=read\\ committed -c default_transaction_read_only=off -c idle_in_transaction_session_timeout=0",
        builder =>
        {
            builder.Pooling = true;
            builder.MinPoolSize = 0;
            builder.MaxPoolSize = ClaimConnections;
        });

    private static bool IsSchema(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !name.StartsWith("pg_", StringComparison.Ordinal);

    private string With(string options, Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(_given.ConnectionString)
        {
            SearchPath = Schema,
            Enlist = false,
            Multiplexing = false,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            CommandTimeout = (int)Math.Ceiling(_options.StatementLimit.TotalSeconds),
            TcpKeepAlive = true,
            ApplicationName = string.IsNullOrEmpty(_given.ApplicationName) ? "connectorhub" : _given.ApplicationName,
            Options = string.IsNullOrEmpty(_given.Options) ? options : $"{_given.Options} {options}",
        };
        change(builder);
        return builder.ConnectionString;
    }
}
