using Hub.Abstractions.Connectors;
using Mappings.Formats;

namespace Hub.Core.Pipelines;

/// <summary>What pipelines have to know of an endpoint.</summary>
/// <param name="Connector">The kind of its connector, for findings.</param>
/// <param name="Abilities">What it can do.</param>
/// <param name="Format">The format of what it sends.</param>
public sealed record KnownEndpoint(string Connector, ConnectorAbilities Abilities, MessageFormat Format);
