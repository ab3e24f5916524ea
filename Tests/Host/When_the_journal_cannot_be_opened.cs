using Hub.Host.Commands;
using Tests.Commands;

namespace Tests.Host;

public sealed class When_the_journal_cannot_be_opened : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("hub-journal-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("this is no database at all, but a letter of some length to somebody")]
    [InlineData("SQLite format 3\0and then nothing that makes sense")]
    public async Task Should_say_so_and_leave_the_file_as_it_is(string content)
    {
        var file = Path.Combine(_data, "hub.db");
        File.WriteAllText(file, content);

        var run = await CommandRun.Of("run", "--config", CompanyCopy.Original, "--data", _data);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Contains("JRN801", run.Errors, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(file));
    }
}
