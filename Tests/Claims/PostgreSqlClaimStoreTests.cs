using Hub.Core.Claims;
using Hub.Storage.PostgreSql;
using Hub.Storage.PostgreSql.Claims;
using Tests.Servers;
using Tests.Storage;

namespace Tests.Claims;

[NeedsServer(Server.PostgreSql)]
public sealed class PostgreSqlClaimStoreTests : ClaimStoreConformance
{
    private readonly List<PostgreSqlClaimStore> _stores = [];
    private JournalSchema? _schema;

    public override async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        if (_schema is not null) await _schema.DropAsync();
    }

    protected override async Task<IClaimStore> CreateAsync()
    {
        if (_schema is null)
        {
            _schema = await JournalSchema.NewAsync();
            await _schema.ExecuteAsync($"CREATE SCHEMA {_schema.Name}");
        }

        var store = new PostgreSqlClaimStore(new PostgreSqlJournalStoreOptions { Connection = _schema.Connection, Schema = _schema.Name });
        _stores.Add(store);
        return store;
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesTheTablesOnce()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CreateAsync()));

        await Task.WhenAll(stores.Select(s => s.OpenAsync(default)));

        Assert.Empty(await stores[0].ListAsync(Hub.Abstractions.Messages.MessageId.None, 10, default));
    }
}
