using System.Collections.Concurrent;
using Hub.Abstractions.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// The names of pipelines, endpoints and revisions as small numbers, shared by all connections. A number is given once, in
/// a commit of its own before the group that needs it, and never changes.
/// </summary>
internal sealed class PostgreSqlNames
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EndpointName, int> _endpoints = new();
    private readonly ConcurrentDictionary<int, string> _texts = new();
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The number of a name that <see cref="Give"/> has seen to.</summary>
    internal int this[string text] => _numbers[text];

    internal int this[EndpointName name] => _endpoints.TryGetValue(name, out var number) ? number : _endpoints[name] = _numbers[name.ToString()];

    /// <summary>Notes a name that is to have a number.</summary>
    internal void Need(string text)
    {
        if (!_numbers.ContainsKey(text)) _missing.Add(text);
    }

    internal void Need(EndpointName name)
    {
        if (!_endpoints.ContainsKey(name)) Need(name.ToString());
    }

    /// <summary>Gives numbers to the names that were noted. Only the committing thread calls it.</summary>
    internal void Give(NpgsqlConnection connection)
    {
        if (_missing.Count == 0) return;
        string[] texts = [.. _missing.Order(StringComparer.Ordinal)];
        using (var insert = new NpgsqlCommand("INSERT INTO names(text) SELECT t FROM unnest($1) t WHERE NOT EXISTS (SELECT 1 FROM names n WHERE n.text = t) ON CONFLICT DO NOTHING", connection))
        {
            insert.Parameters.Add(new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            insert.ExecuteNonQuery();
        }

        using var select = new NpgsqlCommand("SELECT id, text FROM names WHERE text = ANY($1)", connection);
        select.Parameters.Add(new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        using var reader = select.ExecuteReader();
        while (reader.Read()) Know(reader.GetInt32(0), reader.GetString(1));
        _missing.Clear();
    }

    /// <summary>Looks names up that may or may not be there.</summary>
    internal async ValueTask FindAsync(NpgsqlConnection connection, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        string[] unknown = [.. texts.Where(t => !_numbers.ContainsKey(t)).Distinct()];
        if (unknown.Length == 0) return;
        await using var select = new NpgsqlCommand("SELECT id, text FROM names WHERE text = ANY($1)", connection);
        select.Parameters.Add(new() { Value = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await ReadAsync(select, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sees to it that <see cref="Text"/> knows these numbers.</summary>
    internal async ValueTask LoadAsync(NpgsqlConnection connection, IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        int[] unknown = [.. numbers.Where(n => !_texts.ContainsKey(n)).Distinct()];
        if (unknown.Length == 0) return;
        await using var select = new NpgsqlCommand("SELECT id, text FROM names WHERE id = ANY($1)", connection);
        select.Parameters.Add(new() { Value = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        await ReadAsync(select, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The number of a name, or null when no row uses it.</summary>
    internal int? Find(string text) => _numbers.TryGetValue(text, out var number) ? number : null;

    internal string Text(int number) => _texts.TryGetValue(number, out var text) ? text : string.Empty;

    internal EndpointName Endpoint(int number)
    {
        var text = Text(number);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new EndpointName(text, string.Empty) : new EndpointName(text[..dot], text[(dot + 1)..]);
    }

    private async Task ReadAsync(NpgsqlCommand select, CancellationToken cancellationToken)
    {
        await using var reader = await select.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) Know(reader.GetInt32(0), reader.GetString(1));
    }

    private void Know(int number, string text)
    {
        _numbers[text] = number;
        _texts[number] = text;
    }
}
