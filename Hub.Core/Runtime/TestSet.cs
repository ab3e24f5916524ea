using Hub.Core.Configuration;
using Mappings.Diagnostics;
using Mappings.Mapping;
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

    /// <summary>How many mappings have tests.</summary>
    public int Count => _tests.Count;

    /// <summary>Reads and checks tests.</summary>
    /// <param name="names">The mappings whose tests are wanted; all when empty.</param>
    /// <param name="findings">Receives what is wrong with the tests; a mapping that cannot be read has told so itself.</param>
    public static TestSet Read(
        IConfigurationFiles files, LoadedConfiguration loaded, MappingCompileContext context, ISampleFiles samples, IReadOnlyCollection<string> names, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(findings);
        var set = new TestSet();
        var untested = new List<string>();
        var all = TestFiles.Read(files, [.. loaded.Mappings.Keys], findings);
        foreach (var mapping in loaded.Mappings.Values.OrderBy(mapping => mapping.Name, StringComparer.Ordinal))
        {
            if (MappingFile.Read(mapping.Root, []) is not { } definition) continue;
            var inline = TestFile.Inline(definition, findings);
            var hasFile = all.TryGetValue(mapping.Name, out var file);
            if (inline is null || (hasFile && file is null)) continue;
            IReadOnlyList<TestCase> cases = [.. inline.Cases, .. file?.Cases ?? []];
            var runner = new TestRunner(definition, context, samples);
            runner.Check(cases, findings);
            if (cases.Count == 0) untested.Add(mapping.Name);
            else if (names.Count == 0 || names.Contains(mapping.Name)) set._tests.Add((runner, cases));
        }

        set.Untested = [.. untested.Where(name => names.Count == 0 || names.Contains(name))];
        return set;
    }

    public IReadOnlyList<MappingTestReport> Run() => [.. _tests.Select(test => test.Runner.Run(test.Cases))];
}
