using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Sqlite;
using Mappings.Xrefs;

namespace Tests.Journal;

public sealed class SqliteJournalStoreTests : JournalStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("journal").FullName;

    private int _maxPages;

    private string File => Path.Combine(_folder, "journal.db");

    protected override Task<IJournalStore> CreateAsync() => Task.FromResult<IJournalStore>(NewStore(_maxPages));

    protected override Task CleanUpAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    protected override Task<bool> IsCleanAsync() => Task.FromResult(!Directory.Exists(_folder));

    private const string BeforeDeadLetters =
        "DROP TABLE dead_letters; DROP TABLE edits; DROP TABLE kept_keys; ALTER TABLE contents DROP COLUMN edit; ALTER TABLE deliveries DROP COLUMN edit; ";

    [Fact]
    public async Task Open_FileInUseByAnotherHub_IsRefusedWithJRN802()
    {
        Assert.Equal("JRN802", await RefusedCodeAsync());

        await Store.DisposeAsync();
        await using var second = NewStore();
        await second.OpenAsync(default);
    }

    [Fact]
    public async Task Open_LockFileLeftByAKilledHub_IsNoObstacle()
    {
        await Store.DisposeAsync();
        Assert.True(System.IO.File.Exists(File + ".lock"));

        await ReopenAsync();
    }

    [Fact]
    public async Task Open_FileThatIsNotSqlite_IsRefusedWithJRN801AndLeftAsItIs()
    {
        await RemoveAsync();
        await System.IO.File.WriteAllTextAsync(File, "this was a database once, before somebody wrote over it");

        Assert.Equal("JRN801", await RefusedCodeAsync());
        Assert.StartsWith("this was a database", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SqliteFileOfAnotherProgram_IsRefusedWithJRN801()
    {
        await RemoveAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute("CREATE TABLE customers(id INTEGER)");

        Assert.Equal("JRN801", await RefusedCodeAsync());
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedWithJRN803()
    {
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute("PRAGMA user_version = 999");

        Assert.Equal("JRN803", await RefusedCodeAsync());
    }

    [Fact]
    public async Task Open_MissingTable_IsRefusedWithJRN801()
    {
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute("DROP TABLE attempts");

        Assert.Equal("JRN801", await RefusedCodeAsync());
    }

    [Fact]
    public async Task Open_MissingFolder_IsRefusedWithJRN804()
    {
        await using var store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(_folder, "missing", "journal.db") });

        var exception = await Assert.ThrowsAsync<JournalException>(() => store.OpenAsync(default));

        Assert.Equal("JRN804", exception.Finding.Code);
    }

    [Fact]
    public async Task Open_TruncatedFile_IsRefusedWithJRN801AndLeftAsItIs()
    {
        await FillAsync(300);
        await Store.DisposeAsync();
        var length = new FileInfo(File).Length / 3;
        using (var stream = new FileStream(File, FileMode.Open)) stream.SetLength(length);

        Assert.Equal("JRN801", await RefusedCodeAsync());
        Assert.Equal(length, new FileInfo(File).Length);
    }

    [Fact]
    public async Task Open_OverwrittenPages_IsRefusedWithJRN801()
    {
        await FillAsync(300);
        await Store.DisposeAsync();
        Damage();

        Assert.Equal("JRN801", await RefusedCodeAsync());
    }

    [Fact]
    public async Task CheckEnds_OverwrittenPages_FindsThemWithoutReadingAll()
    {
        await FillAsync(2000);
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) SqliteIntegrity.CheckEnds(connection, SqliteSchema.Version);
        Damage();

        using var damaged = new SqliteConnection(File, readOnly: false);
        var exception = Assert.Throws<JournalException>(() => SqliteIntegrity.CheckEnds(damaged, SqliteSchema.Version));
        Assert.Equal("JRN801", exception.Finding.Code);
    }

    [Fact]
    public async Task Find_PagesOverwrittenWhileRunning_FailsWithJRN801()
    {
        await FillAsync(3000);
        await ReopenAsync();
        Damage();

        var exception = await Assert.ThrowsAsync<JournalException>(async () => await Store.LeaseAsync(MessageId.None, 3000, default));

        Assert.Equal("JRN801", exception.Finding.Code);
    }

    [Fact]
    public async Task Commit_DiskFull_FailsWithJRN810AppliesNothingAndGoesOnWhenThereIsRoom()
    {
        await ReopenAsync(maxPages: 200);
        var accepted = new List<MessageId>();
        JournalException? failure = null;
        for (var i = 0; failure is null; i++)
        {
            Assert.True(i < 1000, "the limit was never met");
            JournalOperation[] group = [.. Enumerable.Range(0, 5).Select(_ => new AcceptOperation(Message(body: new byte[1000]), Sends(To(Deals))))];
            try
            {
                await CommitAsync(group);
                accepted.AddRange(group.Cast<AcceptOperation>().Select(o => o.Message.Id));
            }
            catch (JournalException exception)
            {
                failure = exception;
            }
        }

        Assert.Equal("JRN810", failure.Finding.Code);
        Assert.Equal("JRN810", (await Assert.ThrowsAsync<JournalException>(() => CommitAsync())).Finding.Code);
        Assert.Equal(accepted, (await Store.LeaseAsync(MessageId.None, int.MaxValue, default)).Select(m => m.Message.Id));
        Assert.Equal(accepted.Count, (await LedgerAsync()).InFlight);

        // Room comes back while the store stays open: settling needs none, and purging gives some.
        await CommitAsync([.. accepted.Select(id => new SettleOperation(new DeliveryId(id, 0), Clock.GetUtcNow()))]);
        Clock.Advance(TimeSpan.FromDays(1));
        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), dead: false, limit: 50));
        await CommitAsync();
        await AcceptAsync(Message(body: new byte[1000]), Sends(To(Deals)));
        Assert.Equal(accepted.Count, (await LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Commit_LockedByAnotherProgram_FailsWithJRN812()
    {
        await Store.DisposeAsync();
        await using var store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = File, BusyMilliseconds = 1 });
        await store.OpenAsync(default);
        using var other = new SqliteConnection(File, readOnly: false);
        other.Execute("BEGIN IMMEDIATE");

        var exception = await Assert.ThrowsAsync<JournalException>(async () => await store.CommitAsync([new AcceptOperation(Message(), null)], default));

        Assert.Equal("JRN812", exception.Finding.Code);
        other.Rollback();
        await store.CommitAsync([new AcceptOperation(Message(), null)], default);
    }

    [Fact]
    public async Task Open_InterruptedMigration_StartsAgain()
    {
        await RemoveAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute("PRAGMA journal_mode = WAL; BEGIN; CREATE TABLE names(id INTEGER); ROLLBACK");

        await ReopenAsync();

        await AcceptAsync(Message(), null);
    }

    [Fact]
    public async Task Open_JournalOfTheFirstVersion_GainsTheIdentityMap()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false))
            connection.Execute(BeforeDeadLetters + "DROP TABLE states; DROP TABLE xrefs; DROP TABLE xrefs_wanted; ALTER TABLE deliveries DROP COLUMN identity; PRAGMA user_version = 1");

        await ReopenAsync();

        await CommitAsync(new SettleOperation(new DeliveryId(message.Id, 0), Clock.GetUtcNow()) { Identity = new XrefEntry(C1, "A-1") });
        Assert.Single(await Store.FindXrefsAsync([C1], default));
    }

    [Fact]
    public async Task Open_JournalOfTheSecondVersion_GainsTheStates()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute(BeforeDeadLetters + "DROP TABLE states; PRAGMA user_version = 2");

        await ReopenAsync();

        await CommitAsync(State("4711", 0, "{}"));
        Assert.NotNull(await Store.FindStateAsync(Kind, "4711", default));
        Assert.Equal(MessageState.Open, (await ViewAsync(message)).State);
    }

    [Fact]
    public async Task Open_JournalOfTheThirdVersion_ListsItsDeadLetters()
    {
        var failed = await AcceptAsync(Message(), Failed());
        var dead = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(GiveUp(dead, 0), new DeadLetterOperation(new DeliveryId(dead.Id, 1), Attempt(1) with { Error = Problem() with { Code = "DLV601" } }));
        var before = await Store.CountDeadAsync(new DeadQuery(), default);
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute(BeforeDeadLetters + "PRAGMA user_version = 3");

        await ReopenAsync();

        Assert.Equal(3, before.Count);
        Assert.Equal(before, await Store.CountDeadAsync(new DeadQuery(), default));
        Assert.Equal([failed.Id, dead.Id], await Store.FindDeadAsync(new DeadQuery(), default));
    }

    [Fact]
    public async Task Open_MissingTableOfTheStates_IsRefusedWithJRN801()
    {
        await Store.DisposeAsync();
        using (var connection = new SqliteConnection(File, readOnly: false)) connection.Execute("DROP TABLE states");

        Assert.Equal("JRN801", await RefusedCodeAsync());
    }

    [Theory]
    [InlineData("en", "error JRN801")]
    [InlineData("zh", "error JRN801")]
    public async Task Refusal_InBothLanguages_NamesTheFileAndTheAdvice(string language, string start)
    {
        await RemoveAsync();
        await System.IO.File.WriteAllTextAsync(File, "x");
        await using var store = NewStore();
        var finding = (await Assert.ThrowsAsync<JournalException>(() => store.OpenAsync(default))).Finding;
        var culture = System.Globalization.CultureInfo.GetCultureInfo(language);

        Assert.Contains(start, finding.ToString(), StringComparison.Ordinal);
        Assert.Contains(File, finding.Message(culture), StringComparison.Ordinal);
        Assert.Contains(".recover", finding.Fix(culture), StringComparison.Ordinal);
    }

    private SqliteJournalStore NewStore(int maxPages = 0) => new(new SqliteJournalStoreOptions { File = File, MaxPages = maxPages });

    private async Task ReopenAsync(int maxPages)
    {
        _maxPages = maxPages;
        await ReopenAsync();
        _maxPages = 0;
    }

    private async Task RemoveAsync()
    {
        await Store.DisposeAsync();
        foreach (var file in Directory.GetFiles(_folder)) System.IO.File.Delete(file);
    }

    private async Task FillAsync(int messages)
    {
        for (var i = 0; i < messages; i += 50)
            await CommitAsync([.. Enumerable.Range(0, 50).Select(n => new AcceptOperation(Message($"k{i + n}", $"k{i + n}", body: new byte[700]), Sends(To(Deals, "{}"))))]);
    }

    /// <summary>Overwrites the second half of the file, page by page, but for the header page.</summary>
    private void Damage()
    {
        using var stream = new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = stream.Length / 2 / 4096 * 4096;
        while (stream.Position < stream.Length) stream.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
    }

    private async Task<string> RefusedCodeAsync()
    {
        await using var second = NewStore();
        return (await Assert.ThrowsAsync<JournalException>(() => second.OpenAsync(default))).Finding.Code;
    }
}
