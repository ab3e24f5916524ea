using Hub.Core.Journal;
using Mappings.Diagnostics;

namespace Hub.Storage.Sqlite;

/// <summary>
/// Keeps the narrow list of dead letters: written when a message dies, gone when it is opened again or purged, so that dead
/// letters are counted and found without reading a message.
/// </summary>
internal sealed class DeadLetterWriter(SqliteConnection connection)
{
    private readonly SqliteStatement _insert = connection.Prepare("INSERT INTO dead_letters(message, pipeline, destination, code) VALUES(?1, ?2, 0, ?3)");

    private readonly SqliteStatement _deliveries = connection.Prepare(
        """
        INSERT INTO dead_letters(message, pipeline, destination, code)
        SELECT ?1, ?2, d.destination, coalesce((SELECT json_extract(CAST(a.finding AS TEXT), '$[0].code') FROM attempts a WHERE a.delivery = s.id ORDER BY a.number DESC LIMIT 1), '')
        FROM delivery_states s JOIN deliveries d ON d.id = s.id WHERE s.id >= ?3 AND s.id < ?4 AND s.state = 2
        """);

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM dead_letters WHERE message = ?1");

    /// <summary>Its pipeline failed.</summary>
    internal void Failed(long message, long pipeline, PipelineOutcome outcome)
    {
        var error = outcome.Findings.FirstOrDefault(f => f.Severity == Severity.Error);
        _insert.Bind(1, message).Bind(2, pipeline).Bind(3, error?.Code ?? string.Empty).Run();
    }

    /// <summary>No delivery of it is pending, and at least one is dead.</summary>
    internal void Died(in MessageHeader header) =>
        _deliveries.Bind(1, header.Id).Bind(2, header.Pipeline).Bind(3, header.First).Bind(4, header.First + header.Deliveries).Run();

    internal void Forget(long message) => _delete.Bind(1, message).Run();
}
