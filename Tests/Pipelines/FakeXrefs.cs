using Hub.Core.Xrefs;
using Mappings.Xrefs;

namespace Tests.Pipelines;

/// <summary>An identity map of which nothing is in memory; remembers what it was asked.</summary>
internal sealed class FakeXrefs : IXrefLookup
{
    private readonly Dictionary<XrefKey, string> _entries = [];

    /// <summary>The questions, each with all its keys.</summary>
    public List<string> Asked { get; } = [];

    public FakeXrefs Knows(string entity, string from, string id, string to, string target)
    {
        _entries[new XrefKey(entity, from, id, to)] = target;
        return this;
    }

    public string? Find(in XrefKey key) => null;

    public ValueTask<IReadOnlyList<XrefEntry>> FetchAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken)
    {
        Asked.Add(string.Join(' ', keys.Select(key => key.Id)));
        return new([.. keys.Where(_entries.ContainsKey).Select(key => new XrefEntry(key, _entries[key]))]);
    }
}
