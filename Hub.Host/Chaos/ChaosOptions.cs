namespace Hub.Host.Chaos;

/// <summary>What <c>hub chaos</c> is asked to do.</summary>
internal sealed record ChaosOptions
{
    /// <summary>A connection string to PostgreSQL for the journal; null for SQLite.</summary>
    public string? PostgreSql { get; init; }

    /// <summary>The broker; null for HTTP alone.</summary>
    public Uri? RabbitMq { get; init; }

    /// <summary>The broker's management interface; null for none.</summary>
    public Uri? Management { get; init; }

    /// <summary>Nodes of the hub; more than one only on PostgreSQL.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Kills that met something in flight.</summary>
    public int Kills { get; init; } = 25;

    /// <summary>How long it goes on, instead of a number of kills; null for the number.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What chance starts from.</summary>
    public int Seed { get; init; }

    /// <summary>Keys a route.</summary>
    public int Lanes { get; init; } = 12;

    /// <summary>A folder on a small disk, which is filled; null to make one where that is allowed.</summary>
    public string? SmallDisk { get; init; }

    /// <summary>A command that kills and starts the broker; null for none.</summary>
    public string? RestartBroker { get; init; }

    /// <summary>A command that kills and starts the database server; null for none.</summary>
    public string? RestartDatabase { get; init; }

    /// <summary>The name of the store, as <c>--store</c> takes it.</summary>
    public string Store => PostgreSql is null ? "sqlite" : "postgresql";
}
