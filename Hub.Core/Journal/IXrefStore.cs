using Hub.Abstractions.Messages;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>
/// The identity map's side of the store. Entries are written by the journal's operations only, in the same commit as what
/// they belong to; these members read. A store keeps entries until they are replaced; retention does not touch them.
/// </summary>
public interface IXrefStore
{
    /// <summary>The entries there are for these keys, in any order.</summary>
    ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken);

    /// <summary>The entries of a thing, by its id in any of its systems; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken);

    /// <summary>The messages that were mapped without one of these entries and are to be mapped again, oldest first.</summary>
    ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken);

    /// <summary>The messages that wait to be mapped again although an entry they wanted is there: what a crash left undone.</summary>
    ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken);
}
