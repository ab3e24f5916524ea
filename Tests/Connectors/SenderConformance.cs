using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Tests.Servers;

namespace Tests.Connectors;

/// <summary>What the hub counts on with every sender. A connector inherits it and says how its target is looked at, taken away and made to refuse.</summary>
public abstract class SenderConformance : IAsyncLifetime
{
    private const string Body = """{"externalId":"SO-1","text":"Münster  \u0041 刘","amount":90071992547410248.10,"extra":{"b":1,"a":[1,2]}}""";

    /// <summary>What must never be read in a finding.</summary>
    protected abstract string Secret { get; }

    protected abstract ISender Sender { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    /// <summary>What the target has, in any order: an effect for each message that it applied.</summary>
    protected abstract IReadOnlyList<byte[]> Effects();

    /// <summary>From here on the target cannot be reached.</summary>
    protected abstract Task TakeAwayAsync();

    /// <summary>The target is there again, with what it had.</summary>
    protected abstract Task BringBackAsync();

    /// <summary>A message that the target understands and refuses for good.</summary>
    protected abstract OutgoingMessage Refused();

    [ConformanceFact]
    public async Task Send_OneMessage_ArrivesByteForByte()
    {
        await Sender.SendAsync(ConnectorSetup.Message(Body), CancellationToken.None);

        Assert.Equal(Encoding.UTF8.GetBytes(Body), Assert.Single(Effects()));
    }

    [ConformanceFact]
    public async Task Send_SameDeliveryAgain_HasOneEffect()
    {
        var message = ConnectorSetup.Message(Body);
        await Sender.SendAsync(message, CancellationToken.None);
        await Sender.SendAsync(message with { Attempt = 2 }, CancellationToken.None);

        Assert.Single(Effects());
    }

    [ConformanceFact]
    public async Task Send_TwoDeliveries_HaveTwoEffects()
    {
        await Sender.SendAsync(ConnectorSetup.Message("""{"externalId":"A"}""", "0000000000001-0"), CancellationToken.None);
        await Sender.SendAsync(ConnectorSetup.Message("""{"externalId":"B"}""", "0000000000001-1"), CancellationToken.None);

        Assert.Equal(["""{"externalId":"A"}""", """{"externalId":"B"}"""], Effects().Select(Encoding.UTF8.GetString).Order());
    }

    [ConformanceFact]
    public async Task Send_ManyAtOnce_EachArrivesOnce()
    {
        var messages = Enumerable.Range(0, 60).Select(i => ConnectorSetup.Message($$"""{"externalId":"D-{{i:000}}"}""", $"00000000000{i:00}-0")).ToList();

        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 12 }, (m, token) => Sender.SendAsync(m, token));

        Assert.Equal(messages.Select(m => Encoding.UTF8.GetString(m.Body.Span)), Effects().Select(Encoding.UTF8.GetString).Order());
    }

    [ConformanceFact]
    public async Task Send_TargetAway_IsTransientAndLaterArrives()
    {
        await TakeAwayAsync();
        await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message(Body)));
        await BringBackAsync();
        await Sender.SendAsync(ConnectorSetup.Message(Body) with { Attempt = 2 }, CancellationToken.None);

        Assert.Single(Effects());
    }

    [ConformanceFact]
    public async Task Send_TargetRefuses_IsPermanent()
    {
        var message = Refused();

        await Assert.ThrowsAsync<PermanentException>(() => SendAsync(message));
    }

    [ConformanceFact]
    public async Task Send_TokenAlreadyCancelled_HasNoEffect()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Sender.SendAsync(ConnectorSetup.Message(Body), cancelled.Token));

        Assert.Empty(Effects());
    }

    [ConformanceFact]
    public async Task Findings_OfBothKinds_HoldNoSecretAndHaveTexts()
    {
        var permanent = await Assert.ThrowsAsync<PermanentException>(() => SendAsync(Refused()));
        await TakeAwayAsync();
        var transient = await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message(Body)));

        foreach (var finding in new[] { permanent.Finding, transient.Finding })
        {
            Assert.Contains(finding.Code, DiagnosticTexts.Catalog.Language("en").Keys);
            Assert.DoesNotContain(Secret, FindingFormatter.Long(finding), StringComparison.Ordinal);
            Assert.All(finding.Arguments.Values, value => Assert.DoesNotContain(Secret, value, StringComparison.Ordinal));
        }
    }

    private Task SendAsync(OutgoingMessage message) => Sender.SendAsync(message, CancellationToken.None).AsTask();
}
