namespace Hub.Abstractions.Connectors;

/// <summary>
/// A kind of system the hub can talk to, such as <c>http</c> or <c>file</c>. A connector is stateless; what it opens for
/// one configured system holds connections and is disposed when the configuration is replaced.
/// </summary>
public interface IConnector
{
    /// <summary>Name, settings and abilities: lint, editor schema, documentation and secret masking all read this.</summary>
    ConnectorSpec Spec { get; }

    /// <summary>Opens a configured system. Its settings have been checked against the spec. Touches nothing outside yet, so that a validator may open and dispose.</summary>
    /// <exception cref="Mappings.Diagnostics.MappingException">All that is wrong with the settings or with files they name.</exception>
    ISystemConnection Open(SystemContext context);
}
