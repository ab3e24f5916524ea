using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Journal;
using Tests.Servers;
using Tests.Support;

namespace Tests.Claims;

/// <summary>The promises of <see cref="IClaimStore"/>. A store inherits this suite and gives the hook; each test has storage of its own.</summary>
public abstract class ClaimStoreConformance : IAsyncLifetime
{
    private readonly MessageIdSource _ids = new(new FakeClock(), MessageId.None);

    private IClaimStore Store { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Store = await CreateAsync();
        await Store.OpenAsync(default);
    }

    public abstract Task DisposeAsync();

    /// <summary>Hook: a store on this test's storage; empty at the first call, as the test left it at later ones.</summary>
    protected abstract Task<IClaimStore> CreateAsync();

    [ConformanceFact]
    public async Task Claim_ThatIsCompleted_IsReadFromTheBegin()
    {
        var id = _ids.Next();
        var bytes = Bytes(3_000_001);

        await WriteAsync(id, bytes, 70_000);

        Assert.Equal(bytes, await ReadAsync(id));
        Assert.Equal(bytes, await ReadAsync(id));
    }

    [ConformanceFact]
    public async Task Claim_OfNoByte_IsThere()
    {
        var id = _ids.Next();

        await WriteAsync(id, [], 1);

        Assert.Empty(await ReadAsync(id));
    }

    [ConformanceFact]
    public async Task Claim_ThatIsBegun_IsSeenByNobody()
    {
        var id = _ids.Next();
        await using var writer = await Store.BeginAsync(id, default);
        await writer.WriteAsync(Bytes(10), default);

        Assert.Null(await Store.ReadAsync(id, default));
        Assert.Empty(await Store.ListAsync(MessageId.None, 10, default));
    }

    [ConformanceFact]
    public async Task Claim_ThatIsGivenUp_LeavesNothing()
    {
        var id = _ids.Next();
        await using (var writer = await Store.BeginAsync(id, default)) await writer.WriteAsync(Bytes(2_000_000), default);

        Assert.Null(await Store.ReadAsync(id, default));
        await ReopenAsync();
        Assert.Null(await Store.ReadAsync(id, default));
        Assert.Empty(await Store.ListAsync(MessageId.None, 10, default));
    }

    [ConformanceFact]
    public async Task Claim_IsThereAfterARestart()
    {
        var id = _ids.Next();
        await WriteAsync(id, Bytes(2_500_000), 64 * 1024);

        await ReopenAsync();

        Assert.Equal(Bytes(2_500_000), await ReadAsync(id));
    }

    [ConformanceFact]
    public async Task Claim_ThatIsDeleted_IsGone_AndMayBeDeletedAgain()
    {
        var id = _ids.Next();
        await WriteAsync(id, Bytes(100), 100);

        await Store.DeleteAsync(id, default);
        await Store.DeleteAsync(id, default);

        Assert.Null(await Store.ReadAsync(id, default));
        Assert.Empty(await Store.ListAsync(MessageId.None, 10, default));
    }

    [ConformanceFact]
    public async Task Claims_AreListedInTheOrderOfTheirNamesPageByPage()
    {
        var ids = Enumerable.Range(0, 7).Select(_ => _ids.Next()).ToList();
        foreach (var id in ids.AsEnumerable().Reverse()) await WriteAsync(id, Bytes(10), 10);

        var first = await Store.ListAsync(MessageId.None, 4, default);

        Assert.Equal(ids[..4], first);
        Assert.Equal(ids[4..], await Store.ListAsync(first[^1], 4, default));
    }

    [ConformanceFact]
    public async Task Claims_AreWrittenSideBySide()
    {
        var ids = Enumerable.Range(0, 4).Select(_ => _ids.Next()).ToList();

        await Task.WhenAll(ids.Select((id, i) => WriteAsync(id, Bytes(1_200_000 + i), 50_000)));

        for (var i = 0; i < ids.Count; i++) Assert.Equal(Bytes(1_200_000 + i), await ReadAsync(ids[i]));
    }

    protected static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private async Task ReopenAsync()
    {
        Store = await CreateAsync();
        await Store.OpenAsync(default);
    }

    private async Task WriteAsync(MessageId id, byte[] bytes, int block)
    {
        await using var writer = await Store.BeginAsync(id, default);
        for (var from = 0; from < bytes.Length; from += block) await writer.WriteAsync(bytes.AsMemory(from, Math.Min(block, bytes.Length - from)), default);
        await writer.CompleteAsync(default);
    }

    private async Task<byte[]> ReadAsync(MessageId id)
    {
        var stream = await Store.ReadAsync(id, default);
        Assert.NotNull(stream);
        await using (stream)
        {
            var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            return bytes.ToArray();
        }
    }
}
