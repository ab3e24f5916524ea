using Hub.Core.Configuration;
using Hub.Core.Configuration.Reload;
using Xunit;

namespace Tests.Configuration;

public sealed class ConfigurationWatcherTests
{
    private readonly ManualClock _clock = new();
    private readonly List<ConfigurationSnapshot> _heard = [];
    private readonly List<Exception> _failed = [];
    private ConfigurationSnapshot _folder = ExampleCompany.Files();

    [Fact]
    public void Signals_InABurst_AreActedOnOnceAfterTheQuiet()
    {
        var settled = 0;
        using var debounce = new ChangeDebounce(_clock, Milliseconds(300), Milliseconds(2000), () => settled++);

        for (var i = 0; i < 5; i++)
        {
            debounce.Signal();
            _clock.Advance(Milliseconds(200));
        }

        Assert.Equal(0, settled);
        _clock.Advance(Milliseconds(100));
        Assert.Equal(1, settled);
        _clock.Advance(Milliseconds(5000));
        Assert.Equal(1, settled);
        debounce.Signal();
        _clock.Advance(Milliseconds(300));
        Assert.Equal(2, settled);
    }

    [Fact]
    public void Signals_ThatNeverEnd_AreActedOnAllTheSame()
    {
        var settled = 0;
        using var debounce = new ChangeDebounce(_clock, Milliseconds(300), Milliseconds(2000), () => settled++);

        for (var i = 0; i < 21; i++)
        {
            debounce.Signal();
            _clock.Advance(Milliseconds(100));
        }

        Assert.Equal(1, settled);
    }

    [Fact]
    public void Polling_WithoutEvents_FindsAChangeOnce()
    {
        using var watcher = Watch();

        _clock.Advance(Seconds(30));
        Assert.Empty(_heard);

        _folder = ExampleCompany.Files(("hub.yaml", "hub: changed\n"));
        _clock.Advance(Seconds(10));
        Assert.Same(_folder, Assert.Single(_heard));

        _clock.Advance(Seconds(60));
        Assert.Single(_heard);
    }

    [Fact]
    public void Change_BackToTheOldContent_IsHeardToo()
    {
        using var watcher = Watch();

        _folder = ExampleCompany.Files(("hub.yaml", "hub: changed\n"));
        _clock.Advance(Seconds(10));
        _folder = ExampleCompany.Files();
        _clock.Advance(Seconds(10));

        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public void Reading_ThatFails_IsToldAndWatchingGoesOn()
    {
        var reads = 0;
        using var watcher = new ConfigurationWatcher(() => ++reads == 1 ? throw new IOException("gone") : _folder, ExampleCompany.Files(), _heard.Add, _failed.Add, _clock);

        _folder = ExampleCompany.Files(("hub.yaml", "hub: changed\n"));
        _clock.Advance(Seconds(10));
        Assert.Equal("gone", Assert.Single(_failed).Message);
        _clock.Advance(Seconds(10));
        Assert.Single(_heard);
    }

    [Fact]
    public async Task Events_OfARealFolder_AreHeardWithoutPolling()
    {
        var folder = Directory.CreateTempSubdirectory("hub-config-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "hub.yaml"), "hub: a\n");
            var heard = new TaskCompletionSource<ConfigurationSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var watcher = new ConfigurationWatcher(
                () => ConfigurationDirectory.Read(folder.FullName),
                ConfigurationDirectory.Read(folder.FullName),
                files => heard.TrySetResult(files),
                error => heard.TrySetException(error),
                TimeProvider.System,
                folder.FullName,
                TimeSpan.FromDays(1));

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "hub.yaml"), "hub: b\n");

            var files = await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains("hub.yaml", files.Files.Keys);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ConfigurationWatcher Watch() => new(() => _folder, _folder, _heard.Add, _failed.Add, _clock);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
