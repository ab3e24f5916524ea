namespace Connectors.RabbitMq;

/// <summary>Headers that the hub or the broker writes itself.</summary>
internal static class ReservedHeaders
{
    private static readonly string[] Prefixes = ["cloudEvents_", "cloudEvents:", "x-", "NServiceBus.", "ServiceControl."];

    public static bool Contains(string name) =>
        name.Length == 0 || name is "traceparent" or "tracestate" || Array.Exists(Prefixes, p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
