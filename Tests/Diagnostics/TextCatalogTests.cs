using System.Text.RegularExpressions;
using Hub.Core.Journal;
using Hub.Host.Commands;
using Mappings.Diagnostics;
using Tests.Architecture;

namespace Tests.Diagnostics;

public sealed partial class TextCatalogTests
{
    private static readonly Dictionary<string, TextCatalog> Catalogs = new()
    {
        ["diagnostics"] = DiagnosticTexts.Catalog,
        ["command line"] = CommandTexts.Catalog,
    };

    public static TheoryData<string> Names() => [.. Catalogs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Languages_HaveTheSameKeys(string catalog)
    {
        var english = Catalogs[catalog].Language("en").Keys.Order(StringComparer.Ordinal);
        var chinese = Catalogs[catalog].Language("zh").Keys.Order(StringComparer.Ordinal);

        Assert.Equal(english, chinese);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Languages_HaveTheSamePlaceholdersInEachText(string catalog)
    {
        var chinese = Catalogs[catalog].Language("zh");
        var different =
            from text in Catalogs[catalog].Language("en")
            where chinese.ContainsKey(text.Key) && !Placeholders(text.Value).SetEquals(Placeholders(chinese[text.Key]))
            select text.Key;

        Assert.Empty(different);
    }

    [Fact]
    public void Fix_BelongsToACode()
    {
        var english = DiagnosticTexts.Catalog.Language("en");

        Assert.DoesNotContain(english.Keys, k => k.EndsWith(".fix", StringComparison.Ordinal) && !k.StartsWith("word.", StringComparison.Ordinal) && !english.ContainsKey(k[..^4]));
    }

    [Fact]
    public void Codes_AreAllUsed()
    {
        var sources = Repository.Files("*.cs").Where(file => !file.StartsWith("Tests/", StringComparison.Ordinal) && !file.StartsWith("Specs/", StringComparison.Ordinal))
            .SelectMany(file => Code().Matches(File.ReadAllText(Repository.Path(file))).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal);
        var unused = DiagnosticTexts.Catalog.Language("en").Keys.Where(key => Code().IsMatch($"\"{key}\"") && !sources.Contains(key));

        Assert.True(!unused.Any(), $"A text that nothing says misleads who reads the page of diagnostics: {string.Join(", ", unused)}");
    }

    [Fact]
    public void CommandTexts_AreAllUsed()
    {
        var sources = string.Concat(Repository.Files("*.cs").Where(file => file.StartsWith("Hub.Host/", StringComparison.Ordinal)).Select(file => File.ReadAllText(Repository.Path(file))));
        string[] words = [.. Enum.GetNames<MessageState>(), .. Enum.GetNames<DeliveryState>(), .. Enum.GetNames<StepResultKind>()];
        var unused = CommandTexts.Catalog.Language("en").Keys.Where(key => !Says(key) && !IsPutTogether(key));

        Assert.True(!unused.Any(), $"A text that nothing says is translated for nobody: {string.Join(", ", unused)}");

        bool Says(string literal) => sources.Contains($"\"{literal}\"", StringComparison.Ordinal);

        // "column." + name and name + ".description": both halves stand in the source, or the name is an enumeration's.
        bool IsPutTogether(string key)
        {
            var dot = key.LastIndexOf('.');
            var (before, after) = (key[..dot], key[(dot + 1)..]);
            return (Says(before + ".") && (Says(after) || words.Contains(after, StringComparer.OrdinalIgnoreCase))) || (Says("." + after) && Says(before));
        }
    }

    [Fact]
    public void Codes_InTheSource_AreAllInTheCatalogue()
    {
        var english = DiagnosticTexts.Catalog.Language("en");
        var unknown =
            from file in Repository.Files("*.cs")
            where !file.StartsWith("Tests/", StringComparison.Ordinal) && !file.StartsWith("Specs/", StringComparison.Ordinal)
            from match in Code().Matches(File.ReadAllText(Repository.Path(file)))
            where !english.ContainsKey(match.Groups[1].Value)
            select $"{file}: {match.Groups[1].Value}";

        Assert.Empty(unknown);
    }

    [Fact]
    public void Render_OfAnUnknownKey_ShowsTheKeyAndItsArguments() =>
        Assert.Equal("XYZ000 name=value", DiagnosticTexts.Catalog.Render("XYZ000", ("name", "value")));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"((?:YML|TST|XRF|CFG|MAP|DAT|LKP|ENC|FMT|LIM|DLV|ING|JRN|HUB|[STD])\\d{3,4})\"")]
    private static partial Regex Code();
}
