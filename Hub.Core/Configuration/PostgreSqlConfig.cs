namespace Hub.Core.Configuration;

/// <summary>The PostgreSQL database that keeps the journal.</summary>
/// <param name="Connection">How to connect, password included: never to be shown.</param>
/// <param name="Schema">The schema of the hub's tables.</param>
public sealed record PostgreSqlConfig(string Connection, string Schema)
{
    /// <inheritdoc />
    public override string ToString() => $"PostgreSqlConfig {{ Schema = {Schema} }}";
}
