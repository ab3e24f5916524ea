using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What hub.yaml says.</summary>
/// <param name="DataFolder">Folder of everything the hub writes, relative to the configuration folder.</param>
/// <param name="StoreFile">The journal's file, relative to the data folder.</param>
/// <param name="PostgreSql">The database that keeps the journal instead of the file; null for the file.</param>
/// <param name="Language">en or zh; null for the language of the process.</param>
/// <param name="Extensions">Assemblies with typed maps, relative to the configuration folder.</param>
/// <param name="RequiresTests">A mapping without tests is an error.</param>
/// <param name="Source">What was written, with its places.</param>
public sealed record HubConfig(
    string Name,
    string? Language,
    string DataFolder,
    string StoreFile,
    PostgreSqlConfig? PostgreSql,
    NodesConfig Nodes,
    IngressConfig Ingress,
    OperationsConfig Operations,
    RetentionConfig Retention,
    LimitsConfig Limits,
    IReadOnlyList<SpecItem> Extensions,
    bool RequiresTests,
    SpecValue Source);
