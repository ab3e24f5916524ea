using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Hub.Host.Hosting;

/// <summary>The configuration has errors, so nothing was started.</summary>
internal sealed class ConfigurationRefusedException(string report, Finding first) : HubException(first, null)
{
    /// <summary>All findings in the long form.</summary>
    public string Report { get; } = report;
}
