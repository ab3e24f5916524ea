using System.Globalization;
using Hub.Core.Configuration;
using Hub.Core.Nodes;

namespace Hub.Host.Hosting;

/// <summary>What a hub is called among the nodes of its journal.</summary>
internal static class NodeNames
{
    /// <param name="hub">What hub.yaml says.</param>
    /// <param name="address">Where it listens.</param>
    /// <returns>Null when its journal is a file: then it is alone.</returns>
    public static NodeOptions? Of(HubConfig hub, string address) => hub.PostgreSql is null
        ? null
        : new NodeOptions { Name = hub.Nodes.Name ?? OfMachine(address), Address = address, Lease = hub.Nodes.Lease };

    /// <summary>The same after every start, and another for each hub of a machine.</summary>
    private static string OfMachine(string address)
    {
        var port = Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Port : 0;

        // A port that is chosen at the start says nothing: then neither does the name.
        var end = port > 0 ? port.ToString(CultureInfo.InvariantCulture) : ProcessChance.Source.NextInt64().ToString("x", CultureInfo.InvariantCulture);
        return $"{Environment.MachineName}-{end}";
    }
}
