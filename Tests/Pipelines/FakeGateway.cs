using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Pipelines;

namespace Tests.Pipelines;

/// <summary>Answers from a table, or as the test says; remembers what it was asked.</summary>
internal sealed class FakeGateway : IRequestGateway
{
    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    /// <summary>Runs before the table is looked at; may wait or throw.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    public FakeGateway Knows(string question, string record)
    {
        _records[question] = record;
        return this;
    }

    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        EndpointName endpoint, IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken)
    {
        var question = $"{endpoint}?{string.Join('&', where.Select(w => $"{w.Key}={w.Value}"))}";
        lock (Asked) Asked.Add(question);
        if (Before is { } before) await before(cancellationToken);
        if (!_records.TryGetValue(question, out var record)) return null;
        return Encoding.UTF8.GetBytes(record);
    }
}
