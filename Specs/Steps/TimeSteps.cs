using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class TimeSteps(CompanyDriver company)
{
    [StepDefinition(EnglishPhrases.TimePasses)]
    [StepDefinition(ChinesePhrases.TimePasses)]
    public Task TimePasses(int count, string unit) => company.Time.PassAsync(count * Length(unit));

    private static TimeSpan Length(string unit) => unit switch
    {
        EnglishPhrases.Second or ChinesePhrases.Second => TimeSpan.FromSeconds(1),
        EnglishPhrases.Minute or ChinesePhrases.Minute => TimeSpan.FromMinutes(1),
        EnglishPhrases.Hour or ChinesePhrases.Hour => TimeSpan.FromHours(1),
        EnglishPhrases.Day or ChinesePhrases.Day => TimeSpan.FromDays(1),
        _ => throw new ArgumentException($"\"{unit}\" is no unit of time."),
    };
}
