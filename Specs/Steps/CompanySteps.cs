using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class CompanySteps(CompanyDriver company)
{
    [StepDefinition(EnglishPhrases.ExampleCompany)]
    [StepDefinition(ChinesePhrases.ExampleCompany)]
    public Task ExampleCompany() => company.StartAsync();

    [AfterScenario]
    public async Task StopAsync() => await company.DisposeAsync();
}
