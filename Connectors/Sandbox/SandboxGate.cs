using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Sandbox;

/// <summary>What a write or a question passes before it reaches the records: latency, failures, absence.</summary>
internal sealed class SandboxGate(SandboxSystem system, TimeProvider clock, Random random)
{
    public async ValueTask PassAsync(EndpointName endpoint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var behavior = system.Behavior;
        if (behavior.Down) throw new TransientException(Failure("DLV650", endpoint));
        if (behavior.Latency > TimeSpan.Zero) await Task.Delay(behavior.Latency, clock, cancellationToken);
        if (behavior.Fail > 0 && Draw() < behavior.Fail) throw new TransientException(Failure("DLV651", endpoint));
    }

    private double Draw()
    {
        // The systems of a hub share one source of chance, and Random is not made for many threads.
        lock (random) return random.NextDouble();
    }

    private static Finding Failure(string code, EndpointName endpoint) => Finding.Error(code, SourcePosition.None, "", ("endpoint", endpoint.ToString()));
}
