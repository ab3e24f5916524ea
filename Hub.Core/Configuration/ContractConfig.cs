using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A contract file: YAML, or XSD or CSV as they are.</summary>
/// <param name="Root">The document of a YAML contract, its <c>contract: name</c> included; null for XSD and CSV.</param>
/// <param name="Content">The bytes of an XSD or CSV contract; empty for YAML.</param>
public sealed record ContractConfig(string Name, string File, YamlMapping? Root, ReadOnlyMemory<byte> Content)
{
    /// <returns>The contract, or null when <paramref name="findings"/> received an error.</returns>
    public ContractDefinition? Read(Findings findings)
    {
        if (Root is not null) return ContractFile.Read(Root, findings);
        return File.EndsWith(".xsd", StringComparison.Ordinal) ? ContractFile.ReadXsd(Name, File, Content, findings) : ContractFile.ReadCsv(Name, File, Content, findings);
    }
}
