using System.Collections.Frozen;
using Hub.Abstractions.Messages;

namespace Hub.Core.Delivery;

/// <summary>All endpoints of the configuration that deliveries and requests may go to. Replaced as a whole by a reload.</summary>
internal sealed class TargetTable(IReadOnlyDictionary<EndpointName, Target> targets)
{
    private readonly FrozenDictionary<EndpointName, Target> _targets = targets.ToFrozenDictionary();

    public static TargetTable Empty { get; } = new(new Dictionary<EndpointName, Target>());

    public Target? Find(EndpointName endpoint) => _targets.GetValueOrDefault(endpoint);
}
