using System.Text;
using Hub.Core.Configuration;
using Xunit;

namespace Tests.Configuration;

public sealed class ConfigurationDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-config-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folder_WithKnownAndUnknownNames_IsReadWhereTheHubReads()
    {
        Write("config/hub.yaml", "hub: a\n");
        Write("config/systems/crm.yaml", "system: crm\n");
        Write("config/systems/deep/x.yaml", "system: x\n");
        Write("config/samples/a.json", "{}");
        Write("config/.git/config", "x");
        Write("config/hub.yaml~", "old");
        Write("config/systems/.crm.yaml.swp", "old");

        var files = ConfigurationDirectory.Read(Path.Combine(_folder.FullName, "config"));

        Assert.Equal(["hub.yaml", "systems/crm.yaml"], files.Files.Keys);
        Assert.Equal(["hub.yaml", "samples/", "systems/"], files.TopNames);
        Assert.Equal("hub: a\n", Encoding.UTF8.GetString(files.Files["hub.yaml"].Content.Span));
        Assert.Empty(files.Findings);
    }

    [Fact]
    public void Folder_ThatDoesNotExist_IsToldApartFromAnEmptyOne()
    {
        Assert.False(ConfigurationDirectory.Read(Path.Combine(_folder.FullName, "none")).Exists);
        Assert.True(ConfigurationDirectory.Read(_folder.FullName).Exists);
    }

    [Fact]
    public void Link_OutOfTheFolder_IsRefusedAndOneInsideIsFollowed()
    {
        Write("secret.txt", "root:x:0");
        Write("config/..data/hub.yaml", "hub: mounted\n");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "config", "systems"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "elsewhere"));
        Write("elsewhere/m.yaml", "mapping: m\n");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "config", "hub.yaml"), Path.Combine("..data", "hub.yaml"));
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "config", "systems", "crm.yaml"), Path.Combine(_folder.FullName, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "config", "mappings"), Path.Combine(_folder.FullName, "elsewhere"));

        var files = ConfigurationDirectory.Read(Path.Combine(_folder.FullName, "config"));

        Assert.Equal(["hub.yaml"], files.Files.Keys);
        Assert.Equal(
            ["mappings/m.yaml: error CFG218: the file is a link that leads out of the configuration folder", "systems/crm.yaml: error CFG218: the file is a link that leads out of the configuration folder"],
            files.Findings.Select(f => f.ToString()));
    }

    [Fact]
    public void File_AboveTheLimit_IsNotRead()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "lookups"));
        using (var file = File.Create(Path.Combine(_folder.FullName, "lookups", "huge.csv"))) file.SetLength(ConfigurationDirectory.FileBytes + 1L);

        var files = ConfigurationDirectory.Read(_folder.FullName);

        Assert.Empty(files.Files);
        Assert.Equal("lookups/huge.csv: error CFG216: the file is larger than 16 MB", Assert.Single(files.Findings).ToString());
    }

    [Fact]
    public void Reference_ToAFile_IsReadUpToItsLimit()
    {
        Write("token", "abc\n");
        Write("large", new string('x', 70_000));
        var references = new EnvironmentReferences();

        Assert.Equal("abc\n", references.File(Path.Combine(_folder.FullName, "token")));
        Assert.Null(references.File(Path.Combine(_folder.FullName, "large")));
        Assert.Null(references.File(Path.Combine(_folder.FullName, "none")));
        Assert.Null(references.File(_folder.FullName));
        Assert.NotNull(references.Variable("PATH"));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
