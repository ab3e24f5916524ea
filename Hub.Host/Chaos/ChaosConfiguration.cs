namespace Hub.Host.Chaos;

/// <summary>Writes the configuration of the hub under test: one folder for all nodes, what differs comes from their environment.</summary>
internal static class ChaosConfiguration
{
    public const string AddressVariable = "HUB_CHAOS_ADDRESS";

    public const string NodeVariable = "HUB_CHAOS_NODE";

    /// <param name="folder">Made when it does not exist.</param>
    /// <param name="store">The value of <c>store:</c> in hub.yaml.</param>
    /// <param name="routes">What runs through the hub.</param>
    public static void Write(string folder, string store, IEnumerable<IChaosRoute> routes)
    {
        WriteFile("hub.yaml", $$"""
            hub: hub-chaos
            store: {{store}}
            data: data
            ingress: { address: "${{{AddressVariable}}}", max_body: 1MB, in_flight: 50000 }
            """);
        foreach (var (name, text) in routes.SelectMany(route => route.Files())) WriteFile(name, text);

        void WriteFile(string name, string text)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
