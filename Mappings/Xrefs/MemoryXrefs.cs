namespace Mappings.Xrefs;

/// <summary>An identity map in memory, for tests and for single mappings on the command line. Not thread-safe.</summary>
public sealed class MemoryXrefs : IXrefSource
{
    private readonly Dictionary<XrefKey, string> _entries = [];

    /// <summary>Answers keys that name no systems: <c>account: { C100045: A-77 }</c> in a test holds whatever the systems are.</summary>
    private readonly Dictionary<(string Entity, string Id), string> _anySystem = [];

    public void Add(XrefEntry entry) => _entries[entry.Key] = entry.Target;

    public void Add(string entity, string id, string target) => _anySystem[(entity, id)] = target;

    public XrefAnswer Find(in XrefKey key) =>
        XrefAnswer.Of(_entries.GetValueOrDefault(key) ?? _anySystem.GetValueOrDefault((key.Entity, key.Id)));
}
