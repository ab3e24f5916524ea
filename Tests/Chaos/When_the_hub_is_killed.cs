using Hub.Host.Chaos;
using Hub.Host.Commands;
using Xunit.Abstractions;

namespace Tests.Chaos;

/// <summary>
/// The campaign behind guarantees 1 to 4, as <c>hub chaos</c> runs it: real processes, SIGKILL with messages provably in
/// flight, at random moments and at each place in the hub's work, and an oracle outside that counts.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class When_the_hub_is_killed(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-chaos-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_lose_nothing_repeat_only_what_was_in_flight_and_keep_the_order_of_each_key()
    {
        await RunAsync(new ChaosOptions { Kills = 50, Seed = 20261127 });
    }

    private async Task RunAsync(ChaosOptions options)
    {
        using var told = new StringWriter { NewLine = "\n" };
        var report = new CommandOutput(told, told);
        ChaosReport.Begin(options, report);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var result = await new ChaosRun(options, HubProgram.Own(), TimeProvider.System, _folder).RunAsync(round => ChaosReport.Round(round, report), limit.Token);
            ChaosReport.End(result, report);
            Assert.True(result.IsFine && result.Kills >= options.Kills, told.ToString());
        }
        finally
        {
            output.WriteLine(told.ToString());
        }
    }
}
