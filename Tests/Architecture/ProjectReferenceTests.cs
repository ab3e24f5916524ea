using System.Xml.Linq;

namespace Tests.Architecture;

public sealed class ProjectReferenceTests
{
    /// <summary>Who may reference whom, with the reason a reader gets when it is broken.</summary>
    private static readonly Dictionary<string, (string[] May, string Reason)> Directions = new()
    {
        ["Mappings"] = ([], "the mapping language and the formats are pure: they must be usable without the hub"),
        ["Hub.Abstractions"] = (["Mappings"], "a connector author sees this and nothing else"),
        ["Hub.Core"] = (["Mappings", "Hub.Abstractions"], "the engine knows no database, no broker and no host"),
        ["Hub.Storage"] = (["Hub.Core"], "a store implements the core's seam and is seen by nobody but the host"),
        ["Connectors"] = (["Hub.Abstractions"], "a connector that reaches into the engine cannot be written by a stranger"),
        ["Hub.Host"] = (["Hub.Core", "Hub.Storage", "Connectors"], "the host puts the parts together and is referenced by nobody but tests"),
    };

    public static TheoryData<string> Projects() => [.. Directions.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_OnlyPointDownwards(string project)
    {
        var (may, reason) = Directions[project];
        var references = XDocument.Load(Repository.Path(project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        var forbidden = references.Except(may).ToList();

        Assert.True(forbidden.Count == 0, $"{project} references {string.Join(", ", forbidden)}: {reason}.");
    }

    [Fact]
    public void AutoMapper_IsKnownToTheTypedMapsOnly()
    {
        var strays = Repository.Files("*.cs")
            .Where(file => !file.StartsWith("Hub.Host/TypedMaps/", StringComparison.Ordinal) && !file.StartsWith("Tests/", StringComparison.Ordinal) && !file.StartsWith("Benchmarks/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Repository.Path(file)).Contains("using AutoMapper", StringComparison.Ordinal));

        Assert.True(!strays.Any(), $"Another mapper can take its place only while nobody else names it: {string.Join(", ", strays)}");
    }

    [Fact]
    public void EngineProjects_Packages_HoldNoDriverAndNoBroker()
    {
        string[] outside = ["SQLitePCLRaw", "Npgsql", "Microsoft.Data.Sqlite", "RabbitMQ", "Quartz"];
        foreach (var project in (string[])["Mappings", "Hub.Abstractions", "Hub.Core", "Connectors"])
        {
            var packages = XDocument.Load(Repository.Path(project, project + ".csproj"))
                .Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value);
            Assert.DoesNotContain(packages, package => project != "Connectors" && outside.Any(name => package.StartsWith(name, StringComparison.Ordinal)));
        }
    }
}
