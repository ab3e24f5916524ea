using Hub.Abstractions.Messages;

namespace Hub.Storage.Sqlite;

/// <summary>The names of pipelines, endpoints and revisions as small numbers, cached per connection. A number is given once and never changes.</summary>
internal sealed class SqliteNames
{
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _read;
    private readonly SqliteStatement? _add;
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<EndpointName, long> _endpoints = [];
    private readonly Dictionary<long, string> _texts = [];
    private readonly List<string> _fresh = [];

    internal SqliteNames(SqliteConnection connection, bool readOnly)
    {
        _find = connection.Prepare("SELECT id FROM names WHERE text = ?1");
        _read = connection.Prepare("SELECT text FROM names WHERE id = ?1");
        if (!readOnly) _add = connection.Prepare("INSERT INTO names(text) VALUES(?1) RETURNING id");
    }

    /// <summary>The number of a name, given now when it has none.</summary>
    internal long Intern(string text)
    {
        if (_numbers.TryGetValue(text, out var number)) return number;
        if (Find(text) is { } found) return found;
        number = _add!.Bind(1, text).Scalar() ?? 0;
        _fresh.Add(text);
        return _numbers[text] = number;
    }

    internal long Intern(EndpointName name)
    {
        if (_endpoints.TryGetValue(name, out var number)) return number;
        return _endpoints[name] = Intern(name.ToString());
    }

    /// <summary>The number of a name, or null when no row uses it.</summary>
    internal long? Find(string text)
    {
        if (_numbers.TryGetValue(text, out var number)) return number;
        if (_find.Bind(1, text).Scalar() is not { } found) return null;
        return _numbers[text] = found;
    }

    internal string Text(long number)
    {
        if (_texts.TryGetValue(number, out var text)) return text;
        if (!_read.Bind(1, number).Step()) return string.Empty;
        text = _read.Text(0);
        _read.Reset();
        return _texts[number] = text;
    }

    internal EndpointName Endpoint(long number)
    {
        var text = Text(number);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new EndpointName(text, string.Empty) : new EndpointName(text[..dot], text[(dot + 1)..]);
    }

    internal void Committed() => _fresh.Clear();

    /// <summary>Numbers given in a transaction that was taken back are free again.</summary>
    internal void RolledBack()
    {
        if (_fresh.Count == 0) return;
        foreach (var text in _fresh) _numbers.Remove(text);
        _fresh.Clear();
        _endpoints.Clear();
        _texts.Clear();
    }
}
