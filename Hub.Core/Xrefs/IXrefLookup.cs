using Mappings.Xrefs;

namespace Hub.Core.Xrefs;

/// <summary>Steps ask the identity map through this.</summary>
public interface IXrefLookup
{
    /// <summary>The id, as far as it is in memory; null says nothing.</summary>
    string? Find(in XrefKey key);

    /// <summary>Asks the journal in one question.</summary>
    /// <returns>The entries there are.</returns>
    /// <exception cref="Hub.Abstractions.TransientException">The journal cannot be read now.</exception>
    ValueTask<IReadOnlyList<XrefEntry>> FetchAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken);
}
