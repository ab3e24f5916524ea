using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Messaging;

/// <summary>Finds the sagas and handlers of a configuration: those of the program and those of its <c>extensions</c>.</summary>
public interface IMessagingSource
{
    /// <param name="extensions">The assemblies that hub.yaml names.</param>
    /// <param name="findings">Receives what fails. An assembly that cannot be loaded is told by whoever looks for typed maps.</param>
    MessagingCatalog Open(IReadOnlyList<SpecItem> extensions, Findings findings);
}
