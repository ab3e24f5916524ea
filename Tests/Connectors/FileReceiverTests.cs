using Connectors.File;
using Hub.Abstractions.Ingress;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tests.Connectors;

public sealed class FileReceiverTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ConnectorSetup _setup = new();
    private readonly FakeIngress _hub = new();
    private readonly string _folder;

    public FileReceiverTests() => _folder = Directory.CreateDirectory(Path.Combine(_setup.DataFolder, "inbox", "erp")).FullName;

    public void Dispose() => _setup.Delete();

    [Fact]
    public async Task Look_FilesThatMatch_AreTakenInNameOrderAndMovedToDone()
    {
        Drop("b.json", "2");
        Drop("a.json", "1");
        Drop("c.txt", "not mine");
        Drop(".d.json", "hidden");
        Directory.CreateDirectory(Path.Combine(_folder, "e.json"));

        await LookTwiceAsync(Receiver("pattern: \"*.json\""));

        Assert.Equal([("inbox/erp/a.json", "1"), ("inbox/erp/b.json", "2")], _hub.Accepted);
        Assert.All(_hub.Payloads, p => Assert.Equal(MalformedPolicy.DeadLetter, p.Malformed));
        Assert.Equal(["a.json", "b.json"], In(".done"));
        Assert.Equal([".d.json", "c.txt"], In("."));
        Assert.Empty(In(".claimed"));
    }

    [Fact]
    public async Task Look_FileThatStillGrows_IsLeftUntilItStandsStill()
    {
        var receiver = Receiver("stable: 2s");
        Drop("a.json", "1");
        await receiver.LookAsync(CancellationToken.None);
        _setup.Clock.Advance(Second);
        Drop("a.json", "12");
        await receiver.LookAsync(CancellationToken.None);
        _setup.Clock.Advance(Second);
        await receiver.LookAsync(CancellationToken.None);
        Assert.Empty(_hub.Payloads);

        _setup.Clock.Advance(Second);
        await receiver.LookAsync(CancellationToken.None);

        Assert.Equal([("inbox/erp/a.json", "12")], _hub.Accepted);
    }

    [Fact]
    public async Task Look_RefusedFile_MovesToFailedBesideItsReason()
    {
        Drop("a.json", "{");
        var at = new SourcePosition("inbox/erp/a.json", 1, 2);
        _hub.Before = _ => new IngressResult { Status = IngressStatus.Malformed, Finding = Finding.Error("FMT211", at) };

        await LookTwiceAsync(Receiver());

        Assert.Equal(["a.json", "a.json.error.txt"], In(".failed"));
        Assert.Equal("inbox/erp/a.json:1:2: error FMT211: the document is empty", Read(".failed/a.json.error.txt").TrimEnd());
    }

    [Fact]
    public async Task Look_RefusalWithoutFinding_StillHasAReason()
    {
        Drop("a.json", "{");
        _hub.Before = _ => new IngressResult { Status = IngressStatus.UnknownEndpoint };

        await LookTwiceAsync(Receiver());

        Assert.Equal("inbox/erp/a.json: error ING743: the hub did not take the file (UnknownEndpoint)", Read(".failed/a.json.error.txt").TrimEnd());
    }

    [Theory]
    [InlineData(IngressStatus.Busy)]
    [InlineData(IngressStatus.Unavailable)]
    public async Task Look_HubThatCannotTakeIt_WaitsWithTheFileClaimed(IngressStatus status)
    {
        Drop("a.json", "1");
        var answers = new Queue<IngressResult>([new IngressResult { Status = status, RetryAfter = 5 * Second }]);
        _hub.Before = _ => answers.TryDequeue(out var answer) ? answer : null;
        var receiver = Receiver("stable: 0s");

        var look = receiver.LookAsync(CancellationToken.None);
        await _setup.Clock.WhenArmedAsync(1);
        Assert.Equal(["a.json"], In(".claimed"));
        _setup.Clock.Advance(5 * Second);
        await look;

        Assert.Equal([("inbox/erp/a.json", "1")], _hub.Accepted);
        Assert.Equal(["a.json"], In(".done"));
    }

    [Fact]
    public async Task Look_NoRoomInTheHub_ClaimsNothing()
    {
        Drop("a.json", "1");
        _hub.Room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var look = Receiver("stable: 0s").LookAsync(CancellationToken.None);
        Assert.Equal(["a.json"], In("."));
        Assert.False(look.IsCompleted);
        _hub.Room.SetResult();
        await look;

        Assert.Equal(["a.json"], In(".done"));
    }

    [Fact]
    public async Task Look_SymbolicLink_IsRefusedAndNotRead()
    {
        var secret = Path.Combine(_setup.Root, "secret.txt");
        File.WriteAllText(secret, "outside");
        File.CreateSymbolicLink(Path.Combine(_folder, "a.json"), secret);
        File.CreateSymbolicLink(Path.Combine(_folder, "b.json"), Path.Combine(_setup.Root, "nowhere"));

        await LookTwiceAsync(Receiver());

        Assert.Empty(_hub.Payloads);
        Assert.Equal(["a.json", "a.json.error.txt", "b.json", "b.json.error.txt"], In(".failed"));
        Assert.StartsWith("inbox/erp/a.json: error ING741", Read(".failed/a.json.error.txt"), StringComparison.Ordinal);
        Assert.Equal("outside", File.ReadAllText(secret));
    }

    [Fact]
    public async Task Look_SameNameAgainWithNewContent_KeepsBothInDone()
    {
        var receiver = Receiver("stable: 0s");
        Drop("a.json", "1");
        await receiver.LookAsync(CancellationToken.None);
        Drop("a.json", "22");
        await receiver.LookAsync(CancellationToken.None);

        Assert.Equal(["1", "22"], _hub.Accepted.Select(a => a.Content));
        Assert.Equal(["a.20240304T090000Z-1.json", "a.json"], In(".done"));
    }

    [Fact]
    public async Task Look_CrashAfterClaim_IsTakenUpAtTheNextStart()
    {
        Drop("a.json", "1");
        _hub.Before = _ => throw new InvalidOperationException("the power goes");
        await LookTwiceAsync(Receiver());
        Assert.Equal(["a.json"], In(".claimed"));

        _hub.Before = _ => null;
        await Receiver().LookAsync(CancellationToken.None);

        Assert.Equal([("inbox/erp/a.json", "1")], _hub.Accepted);
        Assert.Equal(["a.json"], In(".done"));
    }

    [Fact]
    public async Task Look_CrashAfterAcceptance_IsReadAgainAndIsADuplicate()
    {
        Drop("a.json", "1");
        _hub.After = () => throw new InvalidOperationException("the power goes");
        await LookTwiceAsync(Receiver());
        Assert.Equal(["a.json"], In(".claimed"));

        _hub.After = () => { };
        await Receiver().LookAsync(CancellationToken.None);

        Assert.Single(_hub.Accepted);
        Assert.Equal(1, _hub.Duplicates);
        Assert.Equal(["a.json"], In(".done"));
    }

    [Fact]
    public async Task Look_CrashBeforeTheMoveToFailed_EndsInFailedOnce()
    {
        Drop("a.json", "{");
        _hub.Before = _ => new IngressResult { Status = IngressStatus.TooLarge };
        // As a crash leaves it: the reason is written, the file has not moved.
        Directory.CreateDirectory(Path.Combine(_folder, ".failed"));
        Directory.CreateDirectory(Path.Combine(_folder, ".claimed"));
        File.Move(Path.Combine(_folder, "a.json"), Path.Combine(_folder, ".claimed", "a.json"));
        File.WriteAllText(Path.Combine(_folder, ".failed", "a.json.error.txt"), "half a li");

        await Receiver().LookAsync(CancellationToken.None);

        Assert.Equal(["a.json", "a.json.error.txt"], In(".failed"));
        Assert.Contains("TooLarge", Read(".failed/a.json.error.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_FolderThatIsAFile_IsSurvived()
    {
        Directory.Delete(_folder);
        File.WriteAllText(_folder, "in the way");
        var receiver = Receiver("stable: 0s");
        await receiver.LookAsync(CancellationToken.None);

        File.Delete(_folder);
        Directory.CreateDirectory(_folder);
        Drop("a.json", "1");
        await receiver.LookAsync(CancellationToken.None);

        Assert.Single(_hub.Accepted);
    }

    [Fact]
    public async Task Receive_RunningOnTheClock_TakesFilesUntilItIsStopped()
    {
        var connector = new FileConnector();
        var endpoint = _setup.Endpoint(connector, "erp.orders", "path: inbox/erp\npoll: 5s\nstable: 0s");
        await using var system = connector.Open(_setup.System(connector, "erp", "{}", endpoint));
        using var stop = new CancellationTokenSource();
        var running = system.ReceiveAsync(endpoint, _hub, stop.Token);
        Drop("a.json", "1");

        _setup.Clock.Advance(5 * Second);
        await _hub.Taken.Task;
        await stop.CancelAsync();
        await running;

        Assert.Single(_hub.Accepted);
    }

    private FileReceiver Receiver(string settings = "{}")
    {
        var endpoint = _setup.Endpoint(new FileConnector(), "erp.orders", "path: inbox/erp\n" + (settings == "{}" ? "" : settings));
        return new FileReceiver(endpoint, _folder, _hub, _setup.Clock, NullLogger.Instance);
    }

    private async Task LookTwiceAsync(FileReceiver receiver)
    {
        await receiver.LookAsync(CancellationToken.None);
        _setup.Clock.Advance(Second);
        await receiver.LookAsync(CancellationToken.None);
    }

    private void Drop(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    private string[] In(string folder)
    {
        var path = Path.Combine(_folder, folder);
        return Directory.Exists(path) ? [.. Directory.GetFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));
}
