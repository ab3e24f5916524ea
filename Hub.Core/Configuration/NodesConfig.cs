namespace Hub.Core.Configuration;

/// <summary>This hub as one of several that share a journal in PostgreSQL.</summary>
/// <param name="Name">Its name among the nodes; null for one made of the machine and the port.</param>
/// <param name="Lease">How long after its last sign of life the others take it for dead.</param>
public sealed record NodesConfig(string? Name, TimeSpan Lease);
