using System.Globalization;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Counts and finds dead letters from the narrow rows.</summary>
internal sealed class PgDeadReader(PostgreSqlViews views, PostgreSqlNames names)
{
    private const int MostRows = 10_000;

    // Destination 0: the pipeline failed.
    private const string Letters =
        """
         FROM (
          SELECT x.id AS message, x.pipeline, 0 AS destination, x.code FROM dead_messages x WHERE x.code IS NOT NULL
          UNION ALL SELECT s.message, x.pipeline, s.destination, s.code FROM delivery_states s JOIN dead_messages x ON x.id = s.message WHERE s.state = 2) l
        """;

    internal ValueTask<IReadOnlyList<DeadCount>> CountAsync(DeadQuery query, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<DeadCount>>(async connection =>
        {
            var rows = new List<(int Pipeline, int Destination, DeadCount Count)>();
            var select = await SelectAsync(
                connection, "SELECT l.pipeline, l.destination, l.code, count(DISTINCT l.message), max(l.message)", query with { After = MessageId.None }, "GROUP BY 1, 2, 3", cancellationToken).ConfigureAwait(false);
            if (select is null) return [];
            await using (select.ConfigureAwait(false))
            {
                await using var reader = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    rows.Add((reader.GetInt32(0), reader.GetInt32(1), new DeadCount(string.Empty, null, reader.GetString(2), reader.GetInt64(3), new MessageId(reader.GetInt64(4)))));
            }

            await names.LoadAsync(connection, rows.SelectMany(r => (int[])[r.Pipeline, r.Destination]).Where(n => n > 0), cancellationToken).ConfigureAwait(false);
            return
            [
                .. rows.Select(r => r.Count with { Pipeline = names.Text(r.Pipeline), Destination = r.Destination == 0 ? null : names.Endpoint(r.Destination) })
                    .OrderByDescending(c => c.Messages).ThenBy(c => c.Pipeline, StringComparer.Ordinal).ThenBy(c => c.Destination?.ToString(), StringComparer.Ordinal)
                    .ThenBy(c => c.Code, StringComparer.Ordinal).Take(Math.Clamp(query.Limit, 0, MostRows)),
            ];
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindAsync(DeadQuery query, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<MessageId>>(async connection =>
        {
            var found = new List<MessageId>();
            var limit = string.Create(CultureInfo.InvariantCulture, $"ORDER BY l.message LIMIT {Math.Clamp(query.Limit, 0, MostRows)}");
            var select = await SelectAsync(connection, "SELECT DISTINCT l.message", query, limit, cancellationToken).ConfigureAwait(false);
            if (select is null) return found;
            await using (select.ConfigureAwait(false))
            {
                await using var reader = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(new MessageId(reader.GetInt64(0)));
            }

            return found;
        }, cancellationToken);

    /// <returns>Null when a name of the query was never written: then there is no such dead letter.</returns>
    private async Task<NpgsqlCommand?> SelectAsync(NpgsqlConnection connection, string columns, DeadQuery query, string end, CancellationToken cancellationToken)
    {
        string[] texts = [.. new[] { query.Pipeline, query.Destination?.ToString() }.OfType<string>()];
        await names.FindAsync(connection, texts, cancellationToken).ConfigureAwait(false);
        if (texts.Any(t => names.Find(t) is null)) return null;
        var command = new NpgsqlCommand { Connection = connection };
        var sql = new StringBuilder(columns).Append(Letters);
        if (query.Key is not null || query.Since is not null || query.Until is not null) sql.Append(" JOIN messages m ON m.id = l.message");
        sql.Append(" WHERE true");
        Condition("l.message > ", PgParameter.Of(query.After.Value));
        if (query.Pipeline is { } pipeline) Condition("l.pipeline = ", PgParameter.Of(names[pipeline]));
        if (query.Destination is { } destination) Condition("l.destination = ", PgParameter.Of(names[destination.ToString()]));
        if (query.Code is { } code) Condition("l.code = ", PgParameter.Of(code));
        if (query.Key is { } key) Condition("m.key = ", PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(key)));
        if (query.Since is { } since) Condition("m.received >= ", PgParameter.Of(since.UtcTicks));
        if (query.Until is { } until) Condition("m.received < ", PgParameter.Of(until.UtcTicks));
        command.CommandText = sql.Append(' ').Append(end).ToString();
        return command;

        void Condition(string comparison, NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            sql.Append(CultureInfo.InvariantCulture, $" AND {comparison}${command.Parameters.Count}");
        }
    }
}
