using Hub.Core.Journal;
using Tests.Servers;
using Tests.Storage;

namespace Tests.Journal;

[NeedsServer(Server.PostgreSql)]
public sealed class PostgreSqlJournalStoreTests : JournalStoreConformance
{
    private JournalSchema? _schema;

    protected override async Task<IJournalStore> CreateAsync() => (_schema ??= await JournalSchema.NewAsync()).NewStore();

    protected override Task CleanUpAsync() => _schema!.DropAsync();

    protected override Task<bool> IsCleanAsync() => _schema!.IsGoneAsync();
}
