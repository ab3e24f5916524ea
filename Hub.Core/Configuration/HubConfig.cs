using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What hub.yaml says.</summary>
/// <param name="StoreFile">The journal's file, in the data folder unless absolute.</param>
/// <param name="DataFolder">The hub's own folder, relative to the working folder unless absolute.</param>
/// <param name="Language">en or zh.</param>
/// <param name="Source">What was written, with its places.</param>
public sealed record HubConfig(
    string Name,
    string Language,
    string DataFolder,
    string StoreFile,
    IngressConfig Ingress,
    OperationsConfig Operations,
    RetentionConfig Retention,
    LimitsConfig Limits,
    SpecValue Source);
