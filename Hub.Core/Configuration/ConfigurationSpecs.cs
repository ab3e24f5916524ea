using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>The kinds of connectors and steps that this hub has: what the loader accepts, and what schemas and documentation list.</summary>
public sealed class ConfigurationSpecs
{
    private readonly Dictionary<string, ObjectSpec> _systems;

    /// <param name="connectors">Their fields must not have the names of the fields that every system has.</param>
    /// <param name="steps">By kind; a step is a mapping with the kind as its one key.</param>
    /// <param name="lastSteps">Kinds that hand the message on and with which a pipeline ends; <c>send</c> and <c>route</c> unless given.</param>
    public ConfigurationSpecs(IEnumerable<ConnectorSpecs> connectors, IReadOnlyDictionary<string, ObjectSpec> steps, IReadOnlySet<string>? lastSteps = null)
    {
        Connectors = connectors.ToDictionary(c => c.Kind, StringComparer.Ordinal);
        foreach (var connector in Connectors.Values)
        {
            if (connector.SystemFields.FirstOrDefault(f => FileSpecs.IsSystemField(f.Name)) is { } taken)
                throw new ArgumentException($"The connector {connector.Kind} defines {taken.Name}, which every system has.", nameof(connectors));
        }

        Steps = steps;
        LastSteps = lastSteps ?? new HashSet<string>(StringComparer.Ordinal) { "send", "route" };
        _systems = Connectors.Values.ToDictionary(c => c.Kind, FileSpecs.SystemWith, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, ConnectorSpecs> Connectors { get; }

    public IReadOnlyDictionary<string, ObjectSpec> Steps { get; }

    public IReadOnlySet<string> LastSteps { get; }

    /// <summary>All fields of a system file of a connector kind.</summary>
    public ObjectSpec System(string connector) => _systems[connector];
}
