using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>What stands in for everything outside of a mapping.</summary>
public sealed record TestStubs
{
    public static TestStubs None { get; } = new();

    /// <summary>The clock of a test that says nothing of it.</summary>
    public static DateTimeOffset StandardNow { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What the clock says; null when the stubs say nothing of it.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Lookup tables that take the place of the configuration's, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, YamlConstant>>> Lookups { get; init; } =
        new Dictionary<string, IReadOnlyList<KeyValuePair<string, YamlConstant>>>();

    /// <summary>The ids that are known, by entity and id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Xrefs { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>These stubs, and where they say nothing, those of <paramref name="below"/>: table by table, entity by entity.</summary>
    public TestStubs Over(TestStubs below)
    {
        ArgumentNullException.ThrowIfNull(below);
        return new TestStubs { Now = Now ?? below.Now, Lookups = Merge(Lookups, below.Lookups), Xrefs = Merge(Xrefs, below.Xrefs) };
    }

    private static IReadOnlyDictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> above, IReadOnlyDictionary<string, T> below)
    {
        if (above.Count == 0) return below;
        var all = new Dictionary<string, T>(below, StringComparer.Ordinal);
        foreach (var (name, value) in above) all[name] = value;
        return all;
    }
}
