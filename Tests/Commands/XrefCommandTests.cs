using Tests.Host;

namespace Tests.Commands;

public sealed class XrefCommandTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task Import_ThenFind_ShowsTheEntry()
    {
        hub.Write("entries.csv", "entity,from,id,to,target\nperson,hr,E1,oa,P-1\nperson,hr,E2,oa,P-2\n");

        var imported = await Run("import", Path.Combine(hub.Folder, "entries.csv"));
        var again = await Run("import", Path.Combine(hub.Folder, "entries.csv"), "--json");
        var found = await Run("find", "person", "P-2");
        var none = await Run("find", "person", "E9");

        Assert.Equal((0, "2 added, 0 changed, 0 there already\n"), (imported.Exit, imported.Output));
        Assert.Equal("""{"added":0,"changed":0,"same":2}""", again.Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(0, found.Exit);
        Assert.Matches("entity +from +id +to +target *\n.*\n? *person +hr +E2 +oa +P-2", found.Output);
        Assert.Equal((1, "There is no such entry\n"), (none.Exit, none.Output));
    }

    [Fact]
    public async Task Import_OfAWrongFile_SaysWhereAndBringsInNothing()
    {
        hub.Write("wrong.csv", "entity,from,id,to,target\nperson,hr,E7,oa,P-7\nperson,hr,,oa,P-8\n");

        var run = await Run("import", Path.Combine(hub.Folder, "wrong.csv"));

        Assert.Equal(1, run.Exit);
        Assert.Contains("wrong.csv:3:1: error XRF412: id: id is empty", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("find", "person", "E7")).Exit);
    }

    private Task<CommandRun> Run(string verb, params string[] arguments) =>
        CommandRun.Of(["xref", verb, .. arguments, "--hub", hub.Client.BaseAddress!.ToString()]);
}
