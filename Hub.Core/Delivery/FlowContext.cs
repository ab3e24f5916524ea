using Hub.Core.Claims;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Delivery;

/// <summary>What the parts of the message flow are made with.</summary>
internal sealed record FlowContext
{
    public required Dispatcher Dispatcher { get; init; }

    public required Journal.Journal Journal { get; init; }

    /// <summary>The journal's reading side.</summary>
    public IJournalStore Store => Journal.Store;

    public required PipelineRunPool Runs { get; init; }

    public required TimeProvider Clock { get; init; }

    public required Random Random { get; init; }

    public required HubMetrics Metrics { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Other nodes may work on the same journal.</summary>
    public bool IsShared { get; init; }

    /// <summary>Messages in flight at which ingress is told to wait.</summary>
    public required int InFlightLimit { get; init; }

    /// <summary>Where payloads that are read twice are kept meanwhile.</summary>
    public required string SpoolFolder { get; init; }

    /// <summary>Where large payloads are kept; null when none are.</summary>
    public IClaimStore? Claims { get; init; }

    /// <summary>Bytes of waiting bodies kept in memory.</summary>
    public required long BodyBudget { get; init; }
}
