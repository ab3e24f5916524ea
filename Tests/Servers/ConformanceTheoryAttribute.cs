using Xunit.Sdk;

namespace Tests.Servers;

/// <summary>A theory of a conformance suite: see <see cref="ConformanceFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Tests.Servers.ConformanceTheoryDiscoverer", "Tests")]
public sealed class ConformanceTheoryAttribute : TheoryAttribute;
