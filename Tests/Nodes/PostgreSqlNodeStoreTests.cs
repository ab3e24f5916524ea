using Hub.Core.Journal;
using Npgsql;
using Tests.Servers;
using Tests.Storage;

namespace Tests.Nodes;

[NeedsServer(Server.PostgreSql)]
public sealed class PostgreSqlNodeStoreTests : NodeStoreConformance
{
    private JournalSchema? _schema;

    protected override async Task<IJournalStore> NewStoreAsync() => (_schema ??= await JournalSchema.NewAsync()).NewStore();

    protected override Task CleanUpAsync() => _schema?.DropAsync() ?? Task.CompletedTask;

    protected override async Task<IAsyncDisposable> InTheMiddleOfACommitAsync(string node)
    {
        // What a commit holds from its first statement on.
        var connection = await _schema!.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; UPDATE writers SET seen = now() WHERE id = (SELECT writer FROM nodes WHERE name = $1)".Replace("$1", $"'{node}'", StringComparison.Ordinal), connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }
}
