using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>
/// One change of the journal. Operations are committed in groups: a store applies a group in its order, in one durable
/// transaction, together with the ledger's counters; it fills in the result of each, or throws and has applied none.
/// </summary>
public abstract class JournalOperation
{
    /// <summary>Rough size in bytes, for bounding a group.</summary>
    public virtual int Size => 64;

    /// <summary>Entries of the identity map that it records.</summary>
    public virtual IReadOnlyList<XrefEntry> Xrefs => [];
}
