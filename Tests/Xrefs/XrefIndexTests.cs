using Hub.Core.Journal;
using Hub.Core.Xrefs;
using Hub.Storage.Sqlite;
using Mappings.Xrefs;
using Tests.Runtime;

namespace Tests.Xrefs;

public sealed class XrefIndexTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-xref-");
    private SqliteJournalStore Store { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(_folder.FullName, "hub.db") });
        await Store.OpenAsync(default);
        await RecordAsync("C1", "A-1");
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Entry_ThatWasFetched_IsInMemory()
    {
        var index = new XrefIndex(() => Store);
        Assert.Null(index.Find(Key("C1")));

        await index.FetchAsync([Key("C1"), Key("C2")], default);

        Assert.Equal(("A-1", null), (index.Find(Key("C1")), index.Find(Key("C2"))));
    }

    [Fact]
    public async Task Entry_ThatChanged_IsReadAgain()
    {
        var index = new XrefIndex(() => Store);
        await index.FetchAsync([Key("C1")], default);

        await RecordAsync("C1", "A-2");
        index.Recorded([new XrefEntry(Key("C1"), "A-2")]);

        Assert.Null(index.Find(Key("C1")));
        Assert.Equal("A-2", Assert.Single(await index.FetchAsync([Key("C1")], default)).Target);
    }

    [Fact]
    public async Task Memory_IsBounded_AndKeepsWhatIsAskedFor()
    {
        for (var i = 0; i < 100; i++) await RecordAsync($"K{i}", $"T{i}");
        var index = new XrefIndex(() => Store, keep: 20);
        await index.FetchAsync([Key("C1")], default);

        for (var i = 0; i < 100; i++)
        {
            await index.FetchAsync([Key($"K{i}")], default);
            Assert.Equal("A-1", index.Find(Key("C1")));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(i => index.Find(Key($"K{i}")) is not null), 9, 20);
    }

    [Fact]
    public async Task Entry_ReadWhileAnotherIsRecorded_ServesItsRunAndIsNotKept()
    {
        XrefIndex? index = null;
        var store = new TestStore(Store) { BeforeFind = () => index!.Recorded([new XrefEntry(Key("C1"), "A-2")]) };
        index = new XrefIndex(() => store);

        Assert.Single(await index.FetchAsync([Key("C1")], default));

        Assert.Null(index.Find(Key("C1")));
    }

    private static XrefKey Key(string id) => new("account", "erp", id, "crm");

    private ValueTask RecordAsync(string id, string target) =>
        Store.CommitAsync([new RecordXrefsOperation([new XrefEntry(Key(id), target)], DateTimeOffset.UnixEpoch)], default);
}
