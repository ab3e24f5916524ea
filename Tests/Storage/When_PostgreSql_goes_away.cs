using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Storage;

/// <summary>Connections, backends and whole servers end in the middle of commits; what was acknowledged is there, once, and nothing else.</summary>
public sealed class When_PostgreSql_goes_away
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [ServerFact(Server.PostgreSql)]
    public async Task Should_commit_on_a_new_connection_when_the_old_one_was_ended()
    {
        var schema = await JournalSchema.NewAsync();
        await using var store = schema.NewStore($";Application Name={schema.Name}");
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        await work.CommitAsync();

        await EndWritersAsync(schema);
        await work.CommitAsync();

        await JournalWork.AgreeAsync(store, work);
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_know_what_is_durable_when_connections_end_in_the_middle_of_commits()
    {
        var schema = await JournalSchema.NewAsync();
        await using var store = schema.NewStore($";Application Name={schema.Name}");
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        using var stop = new CancellationTokenSource();
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await work.CommitAsync();
        });

        for (var kills = 0; kills < 25; kills++)
        {
            var groups = work.Groups;
            await EndWritersAsync(schema);
            await UntilAsync(work, groups, working);
        }

        await stop.CancelAsync();
        await working.WaitAsync(Limit);
        await JournalWork.AgreeAsync(store, work);
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_go_on_where_it_was_when_the_server_is_killed_and_comes_back()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var schema = JournalSchema.Of(await server.NewDatabaseAsync());
        await using var store = schema.NewStore();
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        using var stop = new CancellationTokenSource();
        var failed = new List<JournalException>();
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await work.CommitAsync();
                }
                catch (JournalException exception)
                {
                    failed.Add(exception);
                }
            }
        });

        for (var kills = 0; kills < 4; kills++)
        {
            var groups = work.Groups;
            await UntilAsync(work, groups + 5, working);

            // One backend that is killed takes all others with it; the server comes back by itself.
            if (kills == 3) await KillBackendAsync(schema);
            else
            {
                await (kills == 1 ? server.StopAsync() : server.KillAsync());
                await server.StartAgainAsync();
            }
        }

        var last = work.Groups;
        await UntilAsync(work, last, working);
        await stop.CancelAsync();
        await working.WaitAsync(Limit);
        Assert.All(failed, f => Assert.Equal("JRN820", f.Finding.Code));
        await JournalWork.AgreeAsync(store, work);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_refuse_with_JRN820_while_nothing_is_in_doubt_and_go_on_afterwards()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var schema = JournalSchema.Of(await server.NewDatabaseAsync());
        await using var store = schema.NewStore();
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        await work.CommitAsync();
        await server.StopAsync();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        // The connection breaks with the commit in doubt: the store asks until it is told to stop.
        var doubt = await Assert.ThrowsAsync<JournalException>(async () => await store.CommitAsync([work.Accept("lost")], giveUp.Token));
        var refused = await Assert.ThrowsAsync<JournalException>(async () => await store.CommitAsync([work.Accept("refused")], default));
        var view = await Assert.ThrowsAsync<JournalException>(async () => await store.ReadLedgerAsync(default));

        Assert.All([doubt, refused, view], e => Assert.Equal("JRN820", e.Finding.Code));
        await server.StartAgainAsync();
        await store.CommitAsync([], default);
        await work.CommitAsync();
        await JournalWork.AgreeAsync(store, work);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_tell_the_hub_while_a_commit_is_in_doubt_and_answer_it_in_the_end()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var schema = JournalSchema.Of(await server.NewDatabaseAsync());
        var store = schema.NewStore();
        await using var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default);
        var work = new JournalWork(store, journal.Ids);
        await journal.CommitAsync(work.Accept("before"));
        var doubt = new TaskCompletionSource<JournalHealth>(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.HealthChanged += health => doubt.TrySetResult(health);
        await server.KillAsync();

        var committing = journal.CommitAsync(work.Accept("in doubt")).AsTask();

        Assert.Equal("JRN820", (await doubt.Task.WaitAsync(Limit)).Finding!.Code);
        await Assert.ThrowsAsync<JournalException>(async () => await journal.CommitAsync(work.Accept("new")));
        Assert.False(committing.IsCompleted);
        await server.StartAgainAsync();
        await committing.WaitAsync(Limit);
        Assert.True(journal.Health.Available);
        Assert.Equal(2, Assert.Single(await store.ReadLedgerAsync(default)).InFlight);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_end_with_the_hub_although_a_commit_is_in_doubt()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var schema = JournalSchema.Of(await server.NewDatabaseAsync());
        var store = schema.NewStore();
        var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default);
        var work = new JournalWork(store, journal.Ids);
        await journal.CommitAsync(work.Accept("before"));
        await server.KillAsync();
        var committing = journal.CommitAsync(work.Accept("in doubt")).AsTask();

        await journal.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.Equal("JRN820", (await Assert.ThrowsAsync<JournalException>(() => committing)).Finding.Code);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_let_no_connection_commit_that_was_replaced()
    {
        var schema = await JournalSchema.NewAsync();
        await using var store = schema.NewStore();
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        await work.CommitAsync();

        await schema.ExecuteAsync("UPDATE writers SET session = session + 1");
        await work.CommitAsync();

        Assert.Equal(2L, await schema.ScalarAsync<long>("SELECT session FROM writers"));
        await JournalWork.AgreeAsync(store, work);
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_say_JRN810_when_the_disk_is_full_apply_nothing_and_go_on_with_room()
    {
        var schema = await JournalSchema.NewAsync();
        await using var store = schema.NewStore();
        await store.OpenAsync(default);
        var work = new JournalWork(store, JournalWork.NewIds());
        await work.CommitAsync();
        await schema.ExecuteAsync(
            """
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON bodies EXECUTE FUNCTION full_disk();
            CREATE TRIGGER full_disk BEFORE INSERT ON open_messages EXECUTE FUNCTION full_disk();
            """);

        Assert.Equal("JRN810", (await Assert.ThrowsAsync<JournalException>(() => work.CommitAsync())).Finding.Code);
        Assert.Equal("JRN810", (await Assert.ThrowsAsync<JournalException>(async () => await store.CommitAsync([], default))).Finding.Code);

        await JournalWork.AgreeAsync(store, work);
        await schema.ExecuteAsync("DROP FUNCTION full_disk CASCADE");
        await work.CommitAsync();
        await JournalWork.AgreeAsync(store, work);
        await schema.DropAsync();
    }

    private static async Task KillBackendAsync(JournalSchema schema)
    {
        var backend = await schema.ScalarAsync<int>("SELECT pid FROM pg_stat_activity WHERE application_name = 'connectorhub' ORDER BY backend_start LIMIT 1");
        using var kill = System.Diagnostics.Process.Start("kill", ["-9", $"{backend}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends the backends that commit in a schema, as an administrator does (57P01).</summary>
    private static Task EndWritersAsync(JournalSchema schema) => schema.ExecuteAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema.Name}'");

    private static async Task UntilAsync(JournalWork work, int groups, Task working)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (work.Groups <= groups)
        {
            Assert.False(limit.IsCancellationRequested, "no commit came through");
            if (working.IsCompleted) await working;
            await work.NextGroupAsync().WaitAsync(limit.Token);
        }
    }
}
