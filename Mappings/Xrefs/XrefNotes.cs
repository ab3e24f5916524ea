namespace Mappings.Xrefs;

/// <summary>What a run of a mapping learned about the identity map; of the last run only.</summary>
public sealed class XrefNotes
{
    /// <summary>Nobody has been asked for these yet: they are fetched, and the record is run again.</summary>
    public List<XrefKey> Unknown { get; } = [];

    /// <summary>The record waits for these, each at most so long.</summary>
    public List<(XrefKey Key, TimeSpan HoldFor)> Held { get; } = [];

    /// <summary>The document was written without these; the record is mapped again when one of them arrives.</summary>
    public List<XrefKey> Wanted { get; } = [];

    /// <summary>The hub made these; they are recorded with the document.</summary>
    public List<XrefEntry> Created { get; } = [];

    /// <summary>The entry that arises when the document has reached the target system; null when the mapping establishes none.</summary>
    public XrefEntry? Identity { get; set; }

    public void Clear()
    {
        Unknown.Clear();
        Held.Clear();
        Wanted.Clear();
        Created.Clear();
        Identity = null;
    }
}
