using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class SystemSteps(CompanyDriver company)
{
    /// <summary>Each row is a record, each column a field.</summary>
    [StepDefinition(EnglishPhrases.SystemHolds)]
    [StepDefinition(ChinesePhrases.SystemHolds)]
    [StepDefinition(EnglishPhrases.SystemGets)]
    [StepDefinition(ChinesePhrases.SystemGets)]
    public void SystemHolds(string system, string endpoint, Table records)
    {
        foreach (var row in records.Rows) company.Systems.Put(system, endpoint, RecordFields.Of(row));
    }

    [StepDefinition(EnglishPhrases.SystemIsDown)]
    [StepDefinition(ChinesePhrases.SystemIsDown)]
    public void SystemIsDown(string system) => company.Systems.SetDown(system, down: true);

    [StepDefinition(EnglishPhrases.SystemIsUp)]
    [StepDefinition(ChinesePhrases.SystemIsUp)]
    public void SystemIsUp(string system) => company.Systems.SetDown(system, down: false);

    [StepDefinition(EnglishPhrases.SystemFails)]
    [StepDefinition(ChinesePhrases.SystemFails)]
    public void SystemFails(string system, int requests) => company.Systems.FailNext(system, requests);

    [StepDefinition(EnglishPhrases.SystemHasFailed)]
    [StepDefinition(ChinesePhrases.SystemHasFailed)]
    public void SystemHasFailed(string system)
    {
        var left = company.Systems.FailuresLeft(system);
        if (left > 0) Assert.Fail($"{left} of the failures announced for system {system} have not happened: it was not asked often enough.");
    }
}
