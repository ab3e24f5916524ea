using Hub.Core.Journal;
using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class LedgerSteps(CompanyDriver company)
{
    [StepDefinition(EnglishPhrases.CountsDelivered)]
    [StepDefinition(ChinesePhrases.CountsDelivered)]
    public Task CountsDeliveredAsync(string pipeline, long count) => CountsAsync(pipeline, count, "delivered", row => row.Delivered);

    [StepDefinition(EnglishPhrases.CountsFiltered)]
    [StepDefinition(ChinesePhrases.CountsFiltered)]
    public Task CountsFilteredAsync(string pipeline, long count) => CountsAsync(pipeline, count, "filtered", row => row.Filtered);

    [StepDefinition(EnglishPhrases.CountsDuplicates)]
    [StepDefinition(ChinesePhrases.CountsDuplicates)]
    public Task CountsDuplicatesAsync(string pipeline, long count) => CountsAsync(pipeline, count, "duplicates", row => row.Duplicate);

    [StepDefinition(EnglishPhrases.CountsDead)]
    [StepDefinition(ChinesePhrases.CountsDead)]
    public async Task CountsDeadAsync(string pipeline, long count)
    {
        var row = await company.Journal.LedgerAsync(pipeline);
        if (row.Dead == count) return;
        var dead = await company.Journal.MessagesAsync(pipeline, MessageState.Dead);
        Assert.Fail($"Pipeline {pipeline} counts {row.Dead} dead instead of {count}: {row}\n{CompanyJournal.Text(dead.Select(d => new { d.Id, d.Key, d.Findings }))}");
    }

    [StepDefinition(EnglishPhrases.InFlight)]
    [StepDefinition(ChinesePhrases.InFlight)]
    public Task InFlightAsync(long count, string pipeline) => CountsAsync(pipeline, count, "in flight", row => row.InFlight);

    [StepDefinition(EnglishPhrases.NothingUnaccounted)]
    [StepDefinition(ChinesePhrases.NothingUnaccounted)]
    public async Task NothingUnaccountedAsync()
    {
        var rows = await company.Journal.LedgerAsync();
        Assert.False(rows.Count == 0, "No pipeline has received anything.");
        if (rows.Any(row => row.Unaccounted != 0)) Assert.Fail($"Messages are unaccounted for:\n{string.Join('\n', rows)}");
    }

    private async Task CountsAsync(string pipeline, long count, string what, Func<LedgerRow, long> counter)
    {
        var row = await company.Journal.LedgerAsync(pipeline);
        if (counter(row) != count) Assert.Fail($"Pipeline {pipeline} counts {counter(row)} {what} instead of {count}: {row}");
    }
}
