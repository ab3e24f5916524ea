using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Runtime;
using Tests.Architecture;
using Tests.Configuration;

namespace Tests.Layouts;

/// <summary>The examples of docs/how-to/read-a-file.md are one configuration that the hub accepts.</summary>
public class ReadAFilePageTests
{
    [Fact]
    public void Examples_AreAccepted()
    {
        var examples = Examples().ToDictionary(e => $"{e[..e.IndexOf(':', StringComparison.Ordinal)]}s/{Name(e)}.yaml", e => e);
        examples.Add("hub.yaml", "hub: example\n");
        var specs = new HubCompiler(ConnectorCatalog.All(new SandboxDirectory()), TimeProvider.System).Specs;

        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", examples), null, specs, ExampleCompany.References);

        Assert.Equal(["CFG206"], loaded.Findings.Select(f => f.Code));
        Assert.Equal(["salary", "orders"], loaded.Layouts.Keys.OrderDescending());
        Assert.Equal("order", loaded.Endpoint("partner.orders")!.Format.Record);
        Assert.True(loaded.Endpoint("files.people")!.Format.ReplaceBadBytes);
    }

    private static string Name(string example) => example[(example.IndexOf(':', StringComparison.Ordinal) + 2)..example.IndexOf('\n', StringComparison.Ordinal)];

    private static IEnumerable<string> Examples()
    {
        var page = File.ReadAllText(Repository.Path("docs", "how-to", "read-a-file.md")).ReplaceLineEndings("\n");
        return page.Split("```yaml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]);
    }
}
