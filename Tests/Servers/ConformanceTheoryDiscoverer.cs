using Xunit.Abstractions;
using Xunit.Sdk;

namespace Tests.Servers;

/// <summary>Finds the tests of <see cref="ConformanceTheoryAttribute"/>.</summary>
public sealed class ConformanceTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        ConformanceFactDiscoverer.Skipped(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped ? [skipped] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
