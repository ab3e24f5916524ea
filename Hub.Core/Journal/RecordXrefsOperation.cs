using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>Records entries of the identity map that somebody brings in. An entry that is there with another target is replaced.</summary>
public sealed class RecordXrefsOperation(IReadOnlyList<XrefEntry> entries, DateTimeOffset at) : JournalOperation
{
    public override IReadOnlyList<XrefEntry> Xrefs { get; } = entries;

    public DateTimeOffset At { get; } = at;

    /// <summary>Result: entries that are new.</summary>
    public int Added { get; set; }

    /// <summary>Result: entries that had another target.</summary>
    public int Changed { get; set; }

    public override int Size => 64 + (128 * Xrefs.Count);
}
