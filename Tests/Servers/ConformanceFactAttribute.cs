using Xunit.Sdk;

namespace Tests.Servers;

/// <summary>A test of a conformance suite: skipped in a class whose servers are not installed (<see cref="NeedsServerAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Tests.Servers.ConformanceFactDiscoverer", "Tests")]
public sealed class ConformanceFactAttribute : FactAttribute;
