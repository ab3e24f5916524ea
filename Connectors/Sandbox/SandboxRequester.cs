using System.Globalization;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Sandbox;

/// <summary>Finds the record whose fields have the given texts.</summary>
internal sealed class SandboxRequester(EndpointName endpoint, SandboxCollection collection, SandboxGate gate) : IRequester
{
    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken)
    {
        await gate.PassAsync(endpoint, cancellationToken);
        var found = collection.Find(where);
        if (found.Count > 1)
        {
            throw new PermanentException(Finding.Error(
                "DLV629",
                SourcePosition.None,
                "",
                ("endpoint", endpoint.ToString()),
                ("count", found.Count.ToString(CultureInfo.InvariantCulture)),
                ("where", string.Join(", ", where.Select(w => w.Key)))));
        }

        // A bare null would become an empty memory by way of byte[].
        return found.Count == 0 ? default(ReadOnlyMemory<byte>?) : found[0].Body;
    }
}
