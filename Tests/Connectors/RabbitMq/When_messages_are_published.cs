using System.Globalization;
using Hub.Abstractions;
using Mappings.Diagnostics;
using Tests.Servers;

namespace Tests.Connectors.RabbitMq;

public sealed class When_messages_are_published
{
    [ServerFact(Server.RabbitMq)]
    public async Task Should_be_confirmed_many_at_once()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var sender = bench.Sender("{ queue: crm.deals }");

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => sender.SendAsync(Message(i), CancellationToken.None).AsTask()));

        var arrived = await bench.DrainAsync("crm.deals");
        Assert.Equal(2_000, arrived.Select(m => m.BasicProperties.MessageId).Distinct().Count());
        Assert.All(arrived, m => Assert.True(m.BasicProperties.Persistent));
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_fail_for_good_when_no_queue_is_bound_and_let_the_others_through()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var sender = bench.Sender("{ exchange: { name: crm, declare: create }, routing_key: \"deal.{c}\", queue: deals, bindings: [ { exchange: crm, routing_key: deal.de } ] }");
        var sends = Enumerable.Range(0, 100).Select(i => sender.SendAsync(ConnectorSetup.Message($$"""{"c":"{{(i % 10 == 3 ? "fr" : "de")}}"}""", Key(i)), CancellationToken.None).AsTask()).ToList();

        var outcomes = new List<Exception?>();
        foreach (var send in sends) outcomes.Add(await Record.ExceptionAsync(() => send));

        Assert.Equal(10, outcomes.Count(o => o is PermanentException));
        Assert.Equal(90, outcomes.Count(o => o is null));
        var finding = ((PermanentException)outcomes[3]!).Finding;
        Assert.Equal("DLV667", finding.Code);
        Assert.Contains("deal.fr", FindingFormatter.Long(finding), StringComparison.Ordinal);
        Assert.Equal(90, (await bench.DrainAsync("deals")).Count);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_fail_for_now_when_the_queue_is_full()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var sender = bench.Sender("{ queue: { name: deals, type: classic, max_length: 3, overflow: reject-publish } }");

        var outcomes = new List<Exception?>();
        for (var i = 0; i < 5; i++) outcomes.Add(await Record.ExceptionAsync(async () => await sender.SendAsync(Message(i), CancellationToken.None)));

        Assert.Equal("DLV666", Assert.IsType<TransientException>(outcomes[4]).Finding.Code);
        Assert.Null(outcomes[0]);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_say_which_exchange_is_missing()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var checkedFirst = bench.Sender("{ exchange: nowhere }");
        var unchecked_ = bench.Sender("{ exchange: { name: nowhere, declare: none } }");

        var first = await Assert.ThrowsAsync<TransientException>(async () => await checkedFirst.SendAsync(Message(1), CancellationToken.None));
        var second = await Assert.ThrowsAsync<TransientException>(async () => await unchecked_.SendAsync(Message(1), CancellationToken.None));

        Assert.Equal(("DLV669", "nowhere"), (first.Finding.Code, first.Finding.Arguments["exchange"]));
        Assert.Equal(("DLV669", "nowhere"), (second.Finding.Code, second.Finding.Arguments["exchange"]));
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_go_on_after_a_missing_exchange_was_made()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var sender = bench.Sender("{ exchange: late, routing_key: \"k\" }");
        await Assert.ThrowsAsync<TransientException>(async () => await sender.SendAsync(Message(1), CancellationToken.None));

        await bench.Raw.ExchangeDeclareAsync("late", "topic", durable: true, autoDelete: false);
        await bench.DeclareAsync("q");
        await bench.Raw.QueueBindAsync("q", "late", "#");

        await sender.SendAsync(Message(1), CancellationToken.None);
        Assert.Single(await bench.DrainAsync("q"));
    }

    [ServerTheory(Server.RabbitMq)]
    [InlineData("classic", "quorum")]
    [InlineData("quorum", "classic")]
    [InlineData("stream", "quorum")]
    public async Task Should_name_both_types_when_the_queue_is_of_another(string there, string declared)
    {
        await using var bench = await RabbitMqBench.StartAsync();
        await bench.DeclareAsync("deals", there);
        var sender = bench.Sender($$"""{ queue: { name: deals, type: {{declared}} } }""");

        var refused = await Assert.ThrowsAsync<TransientException>(async () => await sender.SendAsync(Message(1), CancellationToken.None));

        Assert.Equal(("DLV671", there, declared), (refused.Finding.Code, refused.Finding.Arguments["found"], refused.Finding.Arguments["wanted"]));
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_name_what_the_queue_has_otherwise()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        await bench.DeclareAsync("deals");
        var sender = bench.Sender("{ queue: { name: deals, max_length: 10 } }");

        var refused = await Assert.ThrowsAsync<TransientException>(async () => await sender.SendAsync(Message(1), CancellationToken.None));

        Assert.Equal(("DLV672", "x-max-length", "10"), (refused.Finding.Code, refused.Finding.Arguments["argument"], refused.Finding.Arguments["wanted"]));
    }

    private static Hub.Abstractions.Connectors.OutgoingMessage Message(int n) => ConnectorSetup.Message($$"""{"n":{{n}}}""", Key(n));

    private static string Key(int n) => string.Create(CultureInfo.InvariantCulture, $"{n:D13}-0");
}
