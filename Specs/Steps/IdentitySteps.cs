using Hub.Core.Operations;
using Specs.Driver;
using TechTalk.SpecFlow;

namespace Specs.Steps;

[Binding]
public sealed class IdentitySteps(CompanyDriver company)
{
    /// <summary>Each row is an entry with the columns entity, from, id, to and target.</summary>
    [StepDefinition(EnglishPhrases.IdentityMapKnows)]
    [StepDefinition(ChinesePhrases.IdentityMapKnows)]
    public async Task IdentityMapKnows(Table entries)
    {
        await company.Journal.ImportAsync([.. entries.Rows.Select(row => new XrefLine(row["entity"], row["from"], row["id"], row["to"], row["target"]))]);
        await company.Time.SettleAsync();
    }
}
