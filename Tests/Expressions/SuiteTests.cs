using Xunit;

namespace Tests.Expressions;

/// <summary>The public JSONata suite, tier by tier, with and without the compiler's shortcuts.</summary>
[Trait("Category", "JsonataSuite")]
public sealed class SuiteTests
{
    private const string Absent = "(the suite is not here)";

    public static TheoryData<string> Core => Tier("T0");

    public static TheoryData<string> Functions => Tier("T1");

    public static TheoryData<string> Library => Tier("T2");

    public static TheoryData<string> Pictures => Tier("T3");

    public static TheoryData<string> Rest => Tier("T4");

    public static TheoryData<string> Listed =>
        SuiteFiles.Folder is null ? new TheoryData<string>(Absent) : new TheoryData<string>(SuiteDeviations.All.Keys.Where(SuiteFiles.Cases.ContainsKey));

    [SuiteTheory]
    [MemberData(nameof(Core))]
    public void T0_Case_GivesTheSuitesAnswer(string id) => Check(id);

    [SuiteTheory]
    [MemberData(nameof(Functions))]
    public void T1_Case_GivesTheSuitesAnswer(string id) => Check(id);

    [SuiteTheory]
    [MemberData(nameof(Library))]
    public void T2_Case_GivesTheSuitesAnswer(string id) => Check(id);

    [SuiteTheory]
    [MemberData(nameof(Pictures))]
    public void T3_Case_GivesTheSuitesAnswer(string id) => Check(id);

    [SuiteTheory]
    [MemberData(nameof(Rest))]
    public void T4_Case_GivesTheSuitesAnswer(string id) => Check(id);

    [SuiteTheory]
    [MemberData(nameof(Listed))]
    public void ListedDeviation_StillFails(string id)
    {
        var test = SuiteFiles.Cases[id];

        Assert.True(SuiteRun.Failure(test, specialise: true) is not null || SuiteRun.Failure(test, specialise: false) is not null, $"{id} passes now: take it off the list");
    }

    private static void Check(string id)
    {
        var test = SuiteFiles.Cases[id];

        Assert.Null(SuiteRun.Failure(test, specialise: true));
        Assert.Null(SuiteRun.Failure(test, specialise: false));
    }

    private static TheoryData<string> Tier(string tier)
    {
        if (SuiteFiles.Folder is null) return new TheoryData<string>(Absent);
        return new TheoryData<string>(SuiteFiles.Cases.Values.Where(c => c.Tier == tier && !SuiteDeviations.All.ContainsKey(c.Id)).Select(c => c.Id));
    }
}
