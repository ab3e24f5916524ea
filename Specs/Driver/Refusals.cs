using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Specs.Driver;

/// <summary>How many of the next requests to each system fail in passing. Deliveries come from many threads.</summary>
internal sealed class Refusals
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    public void Next(string system, int requests)
    {
        lock (_gate) _left[system] = requests;
    }

    /// <summary>How many of the announced failures have not happened.</summary>
    public int Left(string system)
    {
        lock (_gate) return _left.GetValueOrDefault(system);
    }

    /// <exception cref="TransientException">This request is one of those that fail.</exception>
    public void Pass(EndpointName endpoint)
    {
        lock (_gate)
        {
            if (_left.GetValueOrDefault(endpoint.System) == 0) return;
            _left[endpoint.System]--;
        }

        throw new TransientException(Finding.Error("DLV651", SourcePosition.None, string.Empty, ("endpoint", endpoint.ToString())));
    }
}
