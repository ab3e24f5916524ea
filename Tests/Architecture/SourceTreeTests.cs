using System.Text.RegularExpressions;

namespace Tests.Architecture;

public sealed partial class SourceTreeTests
{
    private const int LineLimit = 400;

    private static readonly string[] RootEntries =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Benchmarks", "CHANGELOG.md", "CONTRIBUTING.md", "ConnectorHub.sln", "Connectors",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "Hub.Abstractions", "Hub.Core", "Hub.Host", "Hub.Storage",
        "Mappings", "README.md", "Specs", "Tests", "config", "docs", "eng", "global.json",
    ];

    [Fact]
    public void SourceFiles_Length_StaysUnderTheLimit()
    {
        var tooLong = Repository.Files("*.cs")
            .Where(file => !file.EndsWith(".feature.cs", StringComparison.Ordinal))
            .Select(file => (file, Lines: File.ReadLines(Repository.Path(file)).Count()))
            .Where(entry => entry.Lines > LineLimit)
            .ToList();

        Assert.True(tooLong.Count == 0, $"A file that cannot be read at a glance hides things. Over {LineLimit} lines: {string.Join(", ", tooLong)}");
    }

    [Fact]
    public void SourceFiles_Namespace_IsTheFolder()
    {
        var strays = new List<string>();
        foreach (var file in Repository.Files("*.cs").Where(file => !file.EndsWith(".feature.cs", StringComparison.Ordinal)))
        {
            var match = NamespaceLine().Match(File.ReadAllText(Repository.Path(file)));
            if (!match.Success) continue;
            var folder = Path.GetDirectoryName(file)!.Replace('\\', '.').Replace('/', '.');
            if (match.Groups[1].Value != folder) strays.Add($"{file} says {match.Groups[1].Value}");
        }

        Assert.True(strays.Count == 0, $"A namespace is its folder, so that a name leads to its file: {string.Join("; ", strays)}");
    }

    [Fact]
    public void SourceFiles_Exceptions_AreNeverBare()
    {
        var bare = Repository.Files("*.cs")
            .Where(file => !file.StartsWith("Tests/", StringComparison.Ordinal) && BareException().IsMatch(File.ReadAllText(Repository.Path(file))));
        Assert.True(!bare.Any(), $"Callers decide by the kind of an exception, so a bare one cannot be handled: {string.Join(", ", bare)}");
    }

    [Fact]
    public void Root_Entries_AreTheKnownOnes()
    {
        var strays = Directory.EnumerateFileSystemEntries(Repository.Root).Select(entry => Path.GetFileName(entry)!)
            .Except([.. RootEntries, ".git", "artifacts", "data", ".vs", ".idea"]);
        Assert.True(!strays.Any(), $"The root is the newcomer's map; plans and left-overs do not live there: {string.Join(", ", strays)}");
    }

    [Fact]
    public void TestNames_SayWhatIsPromised()
    {
        var vague = Repository.Files("*.cs").Where(file => file.StartsWith("Tests/", StringComparison.Ordinal))
            .SelectMany(file => VagueTest().Matches(File.ReadAllText(Repository.Path(file))).Select(match => $"{file}: {match.Groups[1].Value}"));
        Assert.True(!vague.Any(), $"A test named like this does not say what broke: {string.Join(", ", vague)}");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"new Exception\(")]
    private static partial Regex BareException();

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\][^(]*?\b(\w+_(?:Ok|Works|Test))\(")]
    private static partial Regex VagueTest();
}
