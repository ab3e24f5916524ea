using Hub.Core.Configuration;
using Mappings.Diagnostics;
using Mappings.Testing;

namespace Hub.Core.Runtime;

/// <summary>The tests of a configuration's mappings, those in files of their own and those beside the fields, checked and ready to run.</summary>
public sealed class TestSet
{
    private readonly List<(TestRunner Runner, IReadOnlyList<TestCase> Cases)> _tests = [];

    private TestSet()
    {
    }

    /// <summary>Mappings without any test, by name.</summary>
    public IReadOnlyList<string> Untested { get; private set; } = [];

    /// <summary>Reads and checks tests.</summary>
    /// <param name="names">The mappings whose tests are wanted; all when empty.</param>
    /// <param name="findings">Receives what is wrong with the tests; a mapping that cannot be read has told so itself.</param>
    public static TestSet Read(
        IConfigurationFiles files, MappingSet mappings, ISampleFiles samples, IReadOnlyCollection<string> names, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(findings);
        var set = new TestSet();
        var untested = new List<string>();
        var all = TestFiles.Read(files, [.. mappings.Definitions.Keys], findings);
        foreach (var (name, definition) in mappings.Definitions.OrderBy(mapping => mapping.Key, StringComparer.Ordinal))
        {
            if (definition is null) continue;
            var inline = TestFile.Inline(definition, findings);
            var hasFile = all.TryGetValue(name, out var file);
            if (inline is null || (hasFile && file is null)) continue;
            IReadOnlyList<TestCase> cases = [.. inline.Cases, .. file?.Cases ?? []];
            var runner = new TestRunner(definition, mappings.Context, samples);
            runner.Check(cases, findings);
            if (cases.Count == 0) untested.Add(name);
            else if (names.Count == 0 || names.Contains(name)) set._tests.Add((runner, cases));
        }

        set.Untested = [.. untested.Where(name => names.Count == 0 || names.Contains(name))];
        return set;
    }

    public IReadOnlyList<MappingTestReport> Run() => [.. _tests.Select(test => test.Runner.Run(test.Cases))];
}
