using Hub.Abstractions.Connectors;

namespace Hub.Core.Pipelines;

/// <summary>What pipelines have to know of an endpoint.</summary>
/// <param name="Connector">The kind of its connector, for findings.</param>
/// <param name="Abilities">What it can do.</param>
/// <param name="Format">The format of what it sends: <c>json</c>, <c>csv</c> …</param>
public sealed record KnownEndpoint(string Connector, ConnectorAbilities Abilities, string Format);
