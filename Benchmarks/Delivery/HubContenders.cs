using Benchmarks.Mapping;

namespace Benchmarks.Delivery;

/// <summary>The hub as a forwarder: <c>hub run</c> on a configuration of its own.</summary>
internal static class HubContenders
{
    private const string Database = "hub_bench";

    /// <summary>Who is held against whom, and the share of the other's rate to reach.</summary>
    public static IReadOnlyList<(string Hub, string Yardstick, double Goal)> Goals { get; } =
    [
        ("hub-postgresql", "pg-pipe100", 0.7),
        ("hub-postgresql", "masstransit-500/200", 1),
        ("hub-postgresql", "node-red", 1),
        ("hub-sqlite", "pg-pipe100", 0.7),
        ("hub-broker", "pipe+map", 0.7),
        ("hub-broker", "masstransit-500/200", 2),
        ("hub-two-nodes", "hub-postgresql", 1),
    ];

    public static IEnumerable<Contender> All(DeliveryOptions options, string folder)
    {
        yield break;
    }
}
