using System.Globalization;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>Counts and finds dead letters from their narrow list.</summary>
internal sealed class DeadLetterReader(SqliteConnection connection, SqliteNames names)
{
    private const int MostRows = 10_000;

    internal List<DeadCount> Count(DeadQuery query)
    {
        var found = new List<DeadCount>();
        if (!TrySelect("SELECT l.pipeline, l.destination, l.code, count(DISTINCT l.message), max(l.message)", query with { After = MessageId.None }, "GROUP BY 1, 2, 3", out var rows)) return found;
        using (rows)
        {
            while (rows.Step())
            {
                var destination = rows.Int64(1);
                found.Add(new DeadCount(
                    names.Text(rows.Int64(0)), destination == 0 ? null : names.Endpoint(destination), rows.Text(2), rows.Int64(3), new MessageId(rows.Int64(4))));
            }
        }

        found.Sort(static (left, right) =>
        {
            var order = right.Messages.CompareTo(left.Messages);
            if (order == 0) order = string.CompareOrdinal(left.Pipeline, right.Pipeline);
            if (order == 0) order = string.CompareOrdinal(left.Destination?.ToString(), right.Destination?.ToString());
            return order != 0 ? order : string.CompareOrdinal(left.Code, right.Code);
        });
        var most = Math.Clamp(query.Limit, 0, MostRows);
        if (found.Count > most) found.RemoveRange(most, found.Count - most);
        return found;
    }

    internal List<MessageId> Find(DeadQuery query)
    {
        var found = new List<MessageId>();
        var limit = string.Create(CultureInfo.InvariantCulture, $"ORDER BY l.message LIMIT {Math.Clamp(query.Limit, 0, MostRows)}");
        if (!TrySelect("SELECT DISTINCT l.message", query, limit, out var rows)) return found;
        using (rows)
        {
            while (rows.Step()) found.Add(new MessageId(rows.Int64(0)));
        }

        return found;
    }

    /// <returns>False when a name of the query was never written: then there is no such dead letter.</returns>
    private bool TrySelect(string columns, DeadQuery query, string end, out SqliteStatement rows)
    {
        rows = null!;
        var pipeline = query.Pipeline is null ? null : names.Find(query.Pipeline);
        var destination = query.Destination is null ? null : names.Find(query.Destination.Value.ToString());
        if ((query.Pipeline is not null && pipeline is null) || (query.Destination is not null && destination is null)) return false;
        var sql = new StringBuilder(columns).Append(" FROM dead_letters l");
        if (query.Key is not null || query.Since is not null || query.Until is not null) sql.Append(" JOIN messages m ON m.id = l.message");
        sql.Append(" WHERE l.message > ?1");
        if (pipeline is not null) sql.Append(" AND l.pipeline = ?2");
        if (destination is not null) sql.Append(" AND l.destination = ?3");
        if (query.Code is not null) sql.Append(" AND l.code = ?4");
        if (query.Key is not null) sql.Append(" AND m.key = ?5");
        if (query.Since is not null) sql.Append(" AND m.received >= ?6");
        if (query.Until is not null) sql.Append(" AND m.received < ?7");
        rows = connection.Once(sql.Append(' ').Append(end).ToString());
        rows.Bind(1, query.After.Value);
        if (pipeline is not null) rows.Bind(2, pipeline);
        if (destination is not null) rows.Bind(3, destination);
        if (query.Code is not null) rows.Bind(4, query.Code);
        if (query.Key is not null) rows.Bind(5, query.Key);
        if (query.Since is { } since) rows.Bind(6, since.UtcTicks);
        if (query.Until is { } until) rows.Bind(7, until.UtcTicks);
        return true;
    }
}
