using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Specs.Driver;

/// <summary>The example company's files, loaded and compiled as the hub does it.</summary>
internal static class CompanyConfiguration
{
    private const string Sandbox = "sandbox";

    public static HubDefinition Compile(SandboxDirectory sandboxes, Refusals refusals, TimeProvider clock)
    {
        var connectors = ConnectorCatalog.All(sandboxes).Select(c => c.Spec.Kind == Sandbox ? new ScenarioConnector(c, refusals) : c);
        var compiler = new HubCompiler([.. connectors], clock);
        var files = ConfigurationDirectory.Read(Checkout.Configuration);
        var loaded = ConfigurationLoader.Load(files, environment: null, compiler.Specs, new EnvironmentReferences());
        var findings = new Findings();
        var definition = loaded.IsValid ? compiler.Compile(loaded, findings) : null;
        return definition ?? throw new InvalidOperationException(new ConfigurationReport(loaded, files, compiler.Specs, findings).Long());
    }
}
