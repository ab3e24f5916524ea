using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

/// <content>The hub's own documents: written only over the version that was read, together with what they belong to.</content>
public abstract partial class JournalStoreConformance
{
    protected const string Kind = "saga:order";

    [ConformanceFact]
    public async Task State_ThatWasNeverWritten_IsNotThere()
    {
        Assert.Null(await Store.FindStateAsync(Kind, "4711", default));
        Assert.Empty(await Store.ListStatesAsync(Kind, string.Empty, 10, default));
    }

    [ConformanceFact]
    public async Task State_Written_SurvivesAReopenAndCountsItsVersions()
    {
        var first = State("4711", 0, """{"paid":false}""");
        await CommitAsync(first);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = State("4711", 1, """{"paid":true}""");
        await CommitAsync(second);
        await ReopenAsync();

        Assert.Equal((1L, 2L), (first.Version, second.Version));
        var found = await Store.FindStateAsync(Kind, "4711", default);
        Assert.Equal((Kind, "4711", 2L, Clock.GetUtcNow()), (found!.Kind, found.Key, found.Version, found.At));
        Assert.Equal("""{"paid":true}""", Encoding.UTF8.GetString(found.Body.Span));
        Assert.Null(await Store.FindStateAsync("saga:payment", "4711", default));
    }

    [ConformanceFact]
    public async Task State_WithAnEmptyBody_IsThere()
    {
        await CommitAsync(new WriteStateOperation(Kind, "4711", 0, ReadOnlyMemory<byte>.Empty, Clock.GetUtcNow()));

        Assert.Equal(0, (await Store.FindStateAsync(Kind, "4711", default))!.Body.Length);
    }

    [ConformanceFact]
    public async Task State_Deleted_IsGoneAndMayComeAnew()
    {
        await CommitAsync(State("4711", 0, "1"), State("4711", 1, "2"));
        var delete = State("4711", 2, null);
        await CommitAsync(delete);
        await ReopenAsync();

        Assert.Equal(0, delete.Version);
        Assert.Null(await Store.FindStateAsync(Kind, "4711", default));
        await CommitAsync(State("4711", 0, "3"));
        Assert.Equal(1, (await Store.FindStateAsync(Kind, "4711", default))!.Version);
    }

    [ConformanceTheory]
    [InlineData(0, "2", "1")]
    [InlineData(2, "2", "1")]
    [InlineData(7, null, "1")]
    public async Task State_OfAnotherVersion_RefusesAllThatIsCommittedWithIt(long expected, string? body, string found)
    {
        var before = await AcceptAsync(Message("a"), null);
        await CommitAsync(State("4711", 0, "1"));
        var fresh = Message("b");

        var exception = await Assert.ThrowsAsync<JournalException>(() => CommitAsync(
            State("other", 0, "1"), new AcceptOperation(fresh, Sends(To(Deals))), State("4711", expected, body), new CompleteOperation(before.Id, Filtered())));

        Assert.True(exception is { IsRefusal: true, IsConflict: true, Finding.Code: "JRN813" });
        Assert.Equal(found, exception.Finding.Arguments["found"]);
        Assert.Null(await Store.FindStateAsync(Kind, "other", default));
        Assert.Null(await Store.FindAsync(fresh.Id, default));
        Assert.Equal(MessageId.None, (await AcceptAgainAsync(fresh)).DuplicateOf);
        Assert.Null((await ViewAsync(before)).Outcome);
        Assert.Equal("1", Encoding.UTF8.GetString((await Store.FindStateAsync(Kind, "4711", default))!.Body.Span));
    }

    [ConformanceTheory]
    [InlineData(1, "2")]
    [InlineData(1, null)]
    public async Task State_ThatIsNotThere_CannotBeReplacedOrDeleted(long expected, string? body)
    {
        var exception = await Assert.ThrowsAsync<JournalException>(() => CommitAsync(State("4711", expected, body)));

        Assert.Equal(("JRN813", "0"), (exception.Finding.Code, exception.Finding.Arguments["found"]));
        Assert.Null(await Store.FindStateAsync(Kind, "4711", default));
    }

    [ConformanceFact]
    public async Task State_ListedPageByPage_ComesInTheOrderOfItsKeysBytes()
    {
        // The same order in every store and on every machine: UTF-8 bytes, not a language's and not UTF-16's.
        string[] keys = ["", "10", "9", "A", "Z", "a", "b%", "b_", "ä", "订单", "\uFF5E", "😀", new string('k', WriteStateOperation.LongestKey)];
        foreach (var key in keys.Skip(1).OrderBy(k => k.GetHashCode(StringComparison.Ordinal))) await CommitAsync(State(key, 0, key));
        await CommitAsync(new WriteStateOperation("saga:orders", "10", 0, Utf8("another kind"), Clock.GetUtcNow()));

        var listed = new List<string>();
        var after = string.Empty;
        while (await Store.ListStatesAsync(Kind, after, 5, default) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 5);
            Assert.All(page, s => Assert.Equal(s.Key, Encoding.UTF8.GetString(s.Body.Span)));
            listed.AddRange(page.Select(s => s.Key));
            after = listed[^1];
        }

        Assert.Equal(keys.Skip(1).OrderBy(Utf8, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y))), listed);
        Assert.Equal(["A", "Z"], (await Store.ListStatesAsync(Kind, "9zzz", 2, default)).Select(s => s.Key));
    }

    [ConformanceFact]
    public async Task Complete_ThatMustBeOpen_OfAMessageWithAnOutcome_RefusesAllThatIsCommittedWithIt()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));

        foreach (var id in (MessageId[])[message.Id, Ids.Next()])
        {
            var exception = await Assert.ThrowsAsync<JournalException>(() => CommitAsync(
                State("4711", 0, "1"), new CompleteOperation(id, Filtered()) { MustBeOpen = true }));

            Assert.True(exception is { IsRefusal: true, IsConflict: true, Finding.Code: "JRN814" });
            Assert.Equal(id.ToString(), exception.Finding.Arguments["id"]);
        }

        Assert.Null(await Store.FindStateAsync(Kind, "4711", default));
        Assert.Equal(1, (await LedgerAsync()).InFlight);
    }

    [ConformanceFact]
    public async Task Complete_HandledInTheHubItself_IsDeliveredWithoutADelivery()
    {
        var message = await AcceptAsync(Message(), null);
        var handled = new PipelineOutcome { State = MessageState.Delivered, Revision = "r1", Steps = [new StepOutcome(0, StepResultKind.Passed, 5)] };

        await CommitAsync(new CompleteOperation(message.Id, handled) { MustBeOpen = true }, State("4711", 0, "1"));
        await ReopenAsync();

        Assert.Equal((MessageState.Delivered, 0), ((await ViewAsync(message)).State, (await ViewAsync(message)).Deliveries.Count));
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
        Assert.Empty(await Store.LeaseAsync(MessageId.None, 10, default));
        Assert.NotNull(await Store.FindStateAsync(Kind, "4711", default));
    }

    protected WriteStateOperation State(string key, long expected, string? body) =>
        new(Kind, key, expected, body is null ? null : (ReadOnlyMemory<byte>?)Utf8(body), Clock.GetUtcNow());

    private async Task<AcceptOperation> AcceptAgainAsync(MessageRecord message)
    {
        var accept = new AcceptOperation(message, null);
        await CommitAsync(accept);
        return accept;
    }
}
