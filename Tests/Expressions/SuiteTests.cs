using Xunit;
using Xunit.Abstractions;

namespace Tests.Expressions;

/// <summary>The public JSONata suite, tier by tier, on every way through the engine. Failures name their cases.</summary>
[Trait("Category", "JsonataSuite")]
public sealed class SuiteTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> TiersAndWays
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var tier in SuiteTiers.Names.Keys)
            {
                foreach (var way in SuiteWay.All.Keys) rows.Add(tier, way);
            }

            return rows;
        }
    }

    [SuiteTheory]
    [MemberData(nameof(TiersAndWays))]
    public void Tier_OnEachWay_GivesTheSuitesAnswers(string tier, string way)
    {
        Assert.NotNull(SuiteFiles.Folder);
        var cases = SuiteFiles.Cases.Values.Where(c => c.Tier == tier).ToList();
        var failures = cases.Select(c => (c.Id, Failure: SuiteRun.Failure(c, SuiteWay.All[way]))).Where(r => r.Failure is not null).ToList();

        output.WriteLine($"{tier} {SuiteTiers.Names[tier]}: {cases.Count - failures.Count} of {cases.Count} ({way})");
        Assert.Empty(failures.Where(f => !SuiteDeviations.All.ContainsKey(f.Id)).Select(f => $"{f.Id}: {f.Failure}"));
    }

    [SuiteFact]
    public void Suite_HasItsGroupsAndCases()
    {
        Assert.NotNull(SuiteFiles.Folder);
        var groups = SuiteFiles.Cases.Values.Select(c => c.Id.Split('/')[0]).Distinct().Count();

        output.WriteLine($"{SuiteFiles.Cases.Count} cases in {groups} groups of {SuiteFiles.Folder}");
        Assert.True(groups > 0);
    }

    /// <summary>The list of deviations can only shrink: a case on it that passes must be taken off.</summary>
    [SuiteFact]
    public void ListedDeviations_StillFail()
    {
        var listed = SuiteDeviations.All.Keys.Where(SuiteFiles.Cases.ContainsKey).Select(id => SuiteFiles.Cases[id]);

        Assert.Empty(listed.Where(c => SuiteWay.All.Values.All(way => SuiteRun.Failure(c, way) is null)).Select(c => c.Id));
    }
}
