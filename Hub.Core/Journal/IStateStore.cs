namespace Hub.Core.Journal;

/// <summary>
/// The side of the store that keeps the hub's own documents. They are written by <see cref="WriteStateOperation"/> only,
/// in the same commit as what they belong to; these members read what is durable. Retention does not touch them.
/// </summary>
public interface IStateStore
{
    /// <summary>The record there is, or null.</summary>
    ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>Records of a kind, in the order of their keys' UTF-8 bytes.</summary>
    /// <param name="kind">Only records of this kind.</param>
    /// <param name="afterKey">Only keys behind this one, which need not be there; empty for all.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken);
}
