using Hub.Abstractions;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Core.Xrefs;

/// <summary>
/// The identity map as runs see it: entries used lately in memory, the others in the journal. "There is none" is not kept:
/// the entry may come with the next message.
/// </summary>
/// <param name="store">The journal's reading side; null before the hub has started.</param>
/// <param name="keep">Entries in memory, at most.</param>
internal sealed class XrefIndex(Func<IXrefStore?> store, int keep = 100_000) : IXrefLookup
{
    private readonly Lock _gate = new();

    // Two halves for an order of use that costs nothing: what is asked for moves into the young one, and when that is full the old one goes.
    private Dictionary<XrefKey, string> _young = [];
    private Dictionary<XrefKey, string> _old = [];
    private long _recorded;

    public string? Find(in XrefKey key)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out var target)) return target;
            if (!_old.TryGetValue(key, out target)) return null;
            Keep(new XrefEntry(key, target));
            return target;
        }
    }

    public async ValueTask<IReadOnlyList<XrefEntry>> FetchAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken)
    {
        if (store() is not { } map) return [];
        long before;
        lock (_gate) before = _recorded;
        IReadOnlyList<XrefEntry> found;
        try
        {
            found = await map.FindXrefsAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException away)
        {
            throw new TransientException(away.Finding, null, away);
        }

        lock (_gate)
        {
            // What was read may be older than what was recorded meanwhile: then it serves this run and is not kept.
            if (before != _recorded) return found;
            foreach (var entry in found) Keep(entry);
        }

        return found;
    }

    /// <summary>Entries are durable.</summary>
    public void Recorded(IReadOnlyList<XrefEntry> entries)
    {
        lock (_gate)
        {
            _recorded++;

            // An entry that the hub made may have lost against one that was there: the journal knows, so it is asked again.
            foreach (var entry in entries)
            {
                _young.Remove(entry.Key);
                _old.Remove(entry.Key);
            }
        }
    }

    /// <summary>Entries may have been recorded that nobody has told of: everything is asked again.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _recorded++;
            _young = [];
            _old = [];
        }
    }

    /// <summary>Another node has recorded entries for these.</summary>
    public void Recorded(IReadOnlyList<XrefKey> keys)
    {
        lock (_gate)
        {
            _recorded++;
            foreach (var key in keys)
            {
                _young.Remove(key);
                _old.Remove(key);
            }
        }
    }

    private void Keep(XrefEntry entry)
    {
        if (_young.Count >= keep / 2)
        {
            _old = _young;
            _young = [];
        }

        _young[entry.Key] = entry.Target;
    }
}
