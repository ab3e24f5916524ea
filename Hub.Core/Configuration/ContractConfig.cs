using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A contract file; the contract compiler reads on.</summary>
/// <param name="Root">The file, its <c>contract: name</c> included.</param>
public sealed record ContractConfig(string Name, string File, YamlMapping Root);
