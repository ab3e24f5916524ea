using Hub.Abstractions.Connectors;

namespace Connectors.Sandbox;

/// <summary>
/// Systems that stand in for real ones: they keep what is written to them by key, answer questions, publish a file of
/// their own, and can be told to be slow, to fail or to be away.
/// </summary>
/// <param name="directory">Where the opened systems are found by name.</param>
public sealed class SandboxConnector(SandboxDirectory directory) : IConnector
{
    public ConnectorSpec Spec => SandboxSpec.Spec;

    public ISystemConnection Open(SystemContext context) => new SandboxConnection(context, directory);
}
