namespace Hub.Abstractions.Connectors;

/// <summary>Asks one endpoint for a record (request/reply).</summary>
public interface IRequester
{
    /// <summary>
    /// Finds the record whose fields equal the given values. Throws like <see cref="ISender.SendAsync"/>.
    /// </summary>
    /// <param name="where">Field names and values, as text.</param>
    /// <param name="cancellationToken">Carries the system's timeout.</param>
    /// <returns>The record as UTF-8 JSON, or null when there is none. More than one is a <see cref="PermanentException"/>.</returns>
    ValueTask<ReadOnlyMemory<byte>?> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken);
}
