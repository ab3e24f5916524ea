using Hub.Core.Journal;
using Hub.Core.Operations;
using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class MessageSteps(CompanyDriver company)
{
    [StepDefinition(EnglishPhrases.MessageIsFiltered)]
    [StepDefinition(ChinesePhrases.MessageIsFiltered)]
    public async Task MessageIsFilteredAsync(string pipeline, string step)
    {
        var message = await OnlyAsync(pipeline);
        if (message.State != MessageState.Filtered || !message.Steps.Any(s => s.Result == StepResultKind.Filtered && s.Kind == step))
            Assert.Fail($"The message of pipeline {pipeline} is not filtered by a step {step}:\n{CompanyJournal.Text(message)}");
    }

    [StepDefinition(EnglishPhrases.MessageIsDead)]
    [StepDefinition(ChinesePhrases.MessageIsDead)]
    public async Task MessageIsDeadAsync(string pipeline)
    {
        var message = await OnlyAsync(pipeline);
        if (message.State != MessageState.Dead) Assert.Fail($"The message of pipeline {pipeline} is not dead:\n{CompanyJournal.Text(message)}");
    }

    [StepDefinition(EnglishPhrases.MessageIsDeadBecause)]
    [StepDefinition(ChinesePhrases.MessageIsDeadBecause)]
    public async Task MessageIsDeadBecauseAsync(string pipeline, string reason)
    {
        var message = await OnlyAsync(pipeline);
        if (message.State != MessageState.Dead || !Tells(message, reason))
            Assert.Fail($"The message of pipeline {pipeline} is not dead because of {reason}:\n{CompanyJournal.Text(message)}");
    }

    [StepDefinition(EnglishPhrases.HasDeadMessageBecause)]
    [StepDefinition(ChinesePhrases.HasDeadMessageBecause)]
    public async Task HasDeadMessageBecauseAsync(string pipeline, string reason)
    {
        var dead = await company.Journal.MessagesAsync(pipeline, MessageState.Dead);
        if (!dead.Any(message => Tells(message, reason)))
            Assert.Fail($"No dead message of pipeline {pipeline} names {reason}. Its dead messages:\n{CompanyJournal.Text(dead)}");
    }

    [StepDefinition(EnglishPhrases.NoDeadMessageContains)]
    [StepDefinition(ChinesePhrases.NoDeadMessageContains)]
    public async Task NoDeadMessageContainsAsync(string text) => Hides(await company.Journal.DeadViewsAsync(), text);

    [StepDefinition(EnglishPhrases.NoReasonContains)]
    [StepDefinition(ChinesePhrases.NoReasonContains)]
    public async Task NoReasonContainsAsync(string text) => Hides(await company.Journal.DeadReasonsAsync(), text);

    [StepDefinition(EnglishPhrases.DeadMessagesAreReplayed)]
    [StepDefinition(ChinesePhrases.DeadMessagesAreReplayed)]
    public async Task DeadMessagesAreReplayedAsync(string pipeline)
    {
        var report = await company.Journal.ReplayAsync(pipeline);
        Assert.False(report.Replayed.Count == 0, $"Pipeline {pipeline} has no dead messages to replay.");
        await company.Time.SettleAsync();
    }

    /// <summary>An error, of the pipeline or of an attempt to deliver, is at this field or has this code.</summary>
    private static bool Tells(MessageExplanation message, string reason) =>
        message.Findings.Concat(message.Deliveries.SelectMany(d => d.Attempts).Select(a => a.Error))
            .Where(f => f.Severity == "error")
            .Any(f => f.Path == reason || f.Code == reason);

    private static void Hides(IReadOnlyList<string> views, string text)
    {
        Assert.False(views.Count == 0, "There are no dead messages that could contain anything.");
        if (views.FirstOrDefault(view => view.Contains(text, StringComparison.Ordinal)) is { } view) Assert.Fail($"A dead message shows {text}:\n{view}");
    }

    private async Task<MessageExplanation> OnlyAsync(string pipeline)
    {
        var messages = await company.Journal.MessagesAsync(pipeline, state: null);
        if (messages.Count != 1) Assert.Fail($"Pipeline {pipeline} has {messages.Count} messages instead of one:\n{CompanyJournal.Text(messages)}");
        return messages[0];
    }
}
