namespace Hub.Core.Configuration;

/// <summary>Where operators reach the hub.</summary>
public sealed record OperationsConfig(string Address, bool Console);
