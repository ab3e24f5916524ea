using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>
/// The names that can be referred to. A file that could not be read still counts by its file name, and its endpoints
/// as unknown, so that one fault is not reported again wherever it is referred to.
/// </summary>
internal sealed class KnownNames
{
    private const string Hidden = "***";
    private readonly Dictionary<ReferenceKind, SortedSet<string>> _names = Enum.GetValues<ReferenceKind>().ToDictionary(k => k, _ => new SortedSet<string>(StringComparer.Ordinal));
    private readonly HashSet<string> _unreadSystems = new(StringComparer.Ordinal);

    public void Add(ReferenceKind kind, string name) => _names[kind].Add(name);

    public void AddUnreadSystem(string name)
    {
        Add(ReferenceKind.System, name);
        _unreadSystems.Add(name);
    }

    public void Check(SpecItem reference, Findings findings)
    {
        var name = reference.Text;
        var kind = reference.Type.Target;
        if (_names[kind].Contains(name)) return;
        if (kind == ReferenceKind.Endpoint && _unreadSystems.Contains(name.Split('.')[0])) return;
        Unknown(Word(kind), reference.IsSecret ? Hidden : name, _names[kind], reference.At, reference.Path, findings);
    }

    /// <summary>CFG209 with the nearest name, or CFG210 with all of them.</summary>
    public static void Unknown(string kind, string name, IEnumerable<string> known, SourcePosition at, string path, Findings findings)
    {
        var all = known.ToList();
        var near = NameSuggestion.Closest(name, all);
        var finding = Finding.Error(near is null ? "CFG210" : "CFG209", at, path, ("kind", kind), ("name", name), ("suggestion", near ?? string.Empty), ("known", all.Count == 0 ? "-" : string.Join(", ", all)));
        findings.Add(finding with { Length = at.Line > 0 ? name.Length : 0 });
    }

    private static string Word(ReferenceKind kind) => kind switch
    {
        ReferenceKind.System => "system",
        ReferenceKind.Endpoint => "endpoint",
        ReferenceKind.Mapping => "mapping",
        ReferenceKind.Contract => "contract",
        ReferenceKind.Lookup => "lookup",
        ReferenceKind.Layout => "layout",
        _ => "pipeline",
    };
}
