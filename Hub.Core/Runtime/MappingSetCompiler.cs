using Hub.Core.Configuration;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Runtime;

/// <summary>Compiles all mapping files of a configuration, with the lookups they use.</summary>
/// <param name="loaded">As the loader gave it.</param>
/// <param name="findings">Receives everything that is wrong.</param>
/// <returns>By name; without a value what did not compile.</returns>
public delegate IReadOnlyDictionary<string, IDocumentMapping?> MappingSetCompiler(LoadedConfiguration loaded, Findings findings);
