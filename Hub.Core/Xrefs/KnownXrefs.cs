using Mappings.Xrefs;

namespace Hub.Core.Xrefs;

/// <summary>What one run of a pipeline knows of the identity map: a key that was fetched keeps its answer until the run has ended.</summary>
internal sealed class KnownXrefs(IXrefLookup lookup) : IXrefSource
{
    private readonly Dictionary<XrefKey, string?> _fetched = [];

    public XrefAnswer Find(in XrefKey key)
    {
        if (_fetched.TryGetValue(key, out var fetched)) return XrefAnswer.Of(fetched);
        return lookup.Find(key) is { } known ? XrefAnswer.Of(known) : XrefAnswer.Unknown;
    }

    public async ValueTask FetchAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken)
    {
        IReadOnlyList<XrefKey> asked = [.. keys.Distinct()];
        foreach (var key in asked) _fetched[key] = null;
        foreach (var entry in await lookup.FetchAsync(asked, cancellationToken).ConfigureAwait(false)) _fetched[entry.Key] = entry.Target;
    }
}
