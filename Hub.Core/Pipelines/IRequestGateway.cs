using Hub.Abstractions.Messages;

namespace Hub.Core.Pipelines;

/// <summary>Steps ask other systems through this. The asked system's rate, concurrency, timeout and breaker apply.</summary>
public interface IRequestGateway
{
    /// <summary>Finds the record whose fields equal the given values.</summary>
    /// <param name="endpoint">Whom to ask; its connector has the ability to answer.</param>
    /// <param name="where">Field names and values, as text.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The record as UTF-8 JSON in memory the caller may keep, or null when there is none.</returns>
    /// <exception cref="Hub.Abstractions.TransientException">The system is away, slow, limiting, or its breaker is open.</exception>
    /// <exception cref="Hub.Abstractions.PermanentException">The system refused the question, or found more than one record.</exception>
    ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        EndpointName endpoint, IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken);
}
