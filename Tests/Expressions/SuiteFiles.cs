using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tests.Expressions;

/// <summary>The public JSONata suite on disk: <c>JSONATA_SUITE</c>, or <c>shared/jsonata-suite</c> beside the repository.</summary>
internal static class SuiteFiles
{
    private static readonly Lazy<Dictionary<string, SuiteCase>> Loaded = new(Load);

    public static string? Folder { get; } = Find();

    public static IReadOnlyDictionary<string, SuiteCase> Cases => Loaded.Value;

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("JSONATA_SUITE");
        if (!string.IsNullOrEmpty(named)) return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "jsonata-suite");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }

    private static Dictionary<string, SuiteCase> Load()
    {
        var cases = new Dictionary<string, SuiteCase>(StringComparer.Ordinal);
        if (Folder is null) return cases;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "groups"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var group = Path.GetFileName(Path.GetDirectoryName(file)!);
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var root = document.RootElement.Clone();
            var list = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
            for (var i = 0; i < list.Count; i++)
            {
                var id = $"{group}/{Path.GetFileNameWithoutExtension(file)}#{i}";
                cases.Add(id, new SuiteCase(id, SuiteTiers.Of(group), Text(list[i], file), Input(list[i]), list[i]));
            }
        }

        return cases;
    }

    private static string Text(JsonElement source, string file) => source.TryGetProperty("expr", out var text)
        ? Unescaped(text)
        : File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, source.GetProperty("expr-file").GetString()!));

    /// <summary>Some cases hold half a surrogate pair, which <see cref="JsonElement.GetString"/> refuses.</summary>
    private static string Unescaped(JsonElement text) => Regex.Unescape(text.GetRawText()[1..^1]);

    private static string? Input(JsonElement source)
    {
        if (source.TryGetProperty("data", out var data)) return data.GetRawText();
        if (!source.TryGetProperty("dataset", out var set) || set.ValueKind == JsonValueKind.Null) return null;
        return File.ReadAllText(Path.Combine(Folder!, "datasets", set.GetString() + ".json"));
    }
}
