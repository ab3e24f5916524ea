using Xunit.Abstractions;
using Xunit.Sdk;

namespace Tests.Servers;

/// <summary>Finds the tests of <see cref="ConformanceFactAttribute"/>. The class that runs a test is known only here, not to the attribute.</summary>
public sealed class ConformanceFactDiscoverer(IMessageSink messages) : FactDiscoverer(messages)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        Skipped(DiagnosticMessageSink, discoveryOptions, testMethod) is { } skipped ? [skipped] : base.Discover(discoveryOptions, testMethod, factAttribute);

    internal static IXunitTestCase? Skipped(IMessageSink messages, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        NeedsServerAttribute.SkipReason(method.TestClass.Class.ToRuntimeType()) is { } reason
            ? new XunitSkippedDataRowTestCase(messages, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason)
            : null;
}
