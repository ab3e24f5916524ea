using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What hub.yaml says.</summary>
/// <param name="StoreFile">The journal's file, relative to the working folder.</param>
/// <param name="Language">en or zh.</param>
/// <param name="Source">What was written, with its places.</param>
public sealed record HubConfig(
    string Name,
    string Language,
    string StoreFile,
    IngressConfig Ingress,
    OperationsConfig Operations,
    RetentionConfig Retention,
    LimitsConfig Limits,
    SpecValue Source);
