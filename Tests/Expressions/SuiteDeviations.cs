using Tests.Architecture;

namespace Tests.Expressions;

/// <summary>The cases that are not reached yet, each with its reason. The list can only shrink: a listed case must fail.</summary>
internal static class SuiteDeviations
{
    private static readonly Lazy<Dictionary<string, string>> Loaded = new(Load);

    public static IReadOnlyDictionary<string, string> All => Loaded.Value;

    private static Dictionary<string, string> Load()
    {
        var list = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Repository.Path("Tests/Expressions/suite-deviations.yaml")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            list.Add(line[..colon].Trim('"'), line[(colon + 2)..]);
        }

        return list;
    }
}
