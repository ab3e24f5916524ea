using System.Text.Json.Nodes;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping;
using Xunit.Abstractions;

namespace Tests.Mapping.Mutation;

/// <summary>
/// A wrong name, a missing input or a wrong type never passes unseen in the mappings of the example company: one thing is
/// made wrong at a time, and the finding must name its line.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Mappings => [.. CompanyUnderTest.Mappings];

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Name_Misspelt_IsFoundInItsLine(string mapping)
    {
        var text = CompanyUnderTest.Text(mapping);
        Assert.DoesNotContain(CompanyUnderTest.Judge(mapping, text, out var plan, out _), f => f.Severity == Severity.Error && f.At.File == CompanyUnderTest.File(mapping));
        var mutants = MappingMutants.Names(text, plan!.Definition, CompanyUnderTest.Root(mapping)).ToList();
        var judged = mutants.Where(m => !IsBeyondContracts(m, plan)).ToList();
        var missed = judged.Where(m => !IsFound(mapping, m)).Select(m => $"{m.At}: {m.What} {m.Name}").ToList();

        output.WriteLine($"{mapping}: misspelt names {judged.Count - missed.Count} of {judged.Count} found, {mutants.Count - judged.Count} beyond the contracts");
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Type_Flipped_IsFoundInItsLine(string mapping)
    {
        var mutants = MappingMutants.Types(CompanyUnderTest.Text(mapping), CompanyUnderTest.Root(mapping)).ToList();
        var missed = mutants.Where(m => !IsFound(mapping, m)).Select(m => $"{m.At}: {m.Name}").ToList();

        output.WriteLine($"{mapping}: flipped types {mutants.Count - missed.Count} of {mutants.Count} found");
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void RequiredInput_Deleted_IsFound(string mapping)
    {
        CompanyUnderTest.Judge(mapping, CompanyUnderTest.Text(mapping), out var plan, out var contracts);
        var sample = new SampleRecord(plan!, CompanyUnderTest.SourceContract(plan!, contracts));
        var deleted = 0;
        var missed = new List<string>();
        foreach (var path in sample.Required())
        {
            deleted++;
            var findings = sample.Judge(path, _ => null);
            if (!findings.Any(f => f.Severity == Severity.Error && (f.Arguments.Values.Contains(path[^1]) || f.Path.EndsWith(path[^1], StringComparison.Ordinal)))) missed.Add(string.Join('.', path));

            // The field that needs it says so too, in the line where it is mapped.
            var reader = sample.Reader(path);
            if (reader is not null && !findings.Any(f => f.Mapping is { } line && line.Line == reader.Text!.PositionAt(0).Line)) missed.Add($"{string.Join('.', path)} in {reader.Path}");
        }

        output.WriteLine($"{mapping}: deleted inputs {deleted - missed.Count} of {deleted} found");
        Assert.True(deleted > 0);
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Input_OfAnotherType_IsFound(string mapping)
    {
        CompanyUnderTest.Judge(mapping, CompanyUnderTest.Text(mapping), out var plan, out var contracts);
        var sample = new SampleRecord(plan!, CompanyUnderTest.SourceContract(plan!, contracts));
        var paths = sample.Known().ToList();
        var missed = paths.Where(path => !sample.Judge(path, Flipped).Any(f => f.Code is "DAT342" && f.Path.EndsWith(path[^1], StringComparison.Ordinal))).Select(p => string.Join('.', p)).ToList();

        output.WriteLine($"{mapping}: flipped inputs {paths.Count - missed.Count} of {paths.Count} found");
        Assert.NotEmpty(paths);
        Assert.Empty(missed);
    }

    private static JsonNode Flipped(JsonNode? value) => value switch
    {
        JsonValue text when text.TryGetValue<string>(out _) => JsonValue.Create(true),
        JsonObject or JsonArray => JsonValue.Create(true),
        _ => JsonValue.Create("x"),
    };

    /// <summary>
    /// Names that no contract knows, before they are misspelt: members that a step before the mapping adds (enrich puts
    /// <c>account</c> into an order), members of what a function makes (<c>$match(…)[0].match</c>), and what <c>$message</c> holds, since a mapping does not know which pipeline splits for it.
    /// </summary>
    private static bool IsBeyondContracts(Mutant mutant, MappingPlan plan)
    {
        if (mutant.What != "name") return false;
        var line = CompanyUnderTest.Text(plan.Definition.Name).Split('\n')[mutant.At.Line - 1];
        return line.Contains("account.", StringComparison.Ordinal) || line.Contains($")[0].{mutant.Name}", StringComparison.Ordinal) || line.Contains("$message." + mutant.Name, StringComparison.Ordinal) || line.Contains("$message.header." + mutant.Name, StringComparison.Ordinal);
    }

    /// <summary>An error in the line; a misspelt let is also told where it is used, by the name that is used there.</summary>
    private static bool IsFound(string mapping, Mutant mutant) =>
        CompanyUnderTest.Judge(mapping, mutant.Text, out _, out _).Any(f =>
            f.Severity == Severity.Error && f.At.File == CompanyUnderTest.File(mapping)
            && (f.At.Line == mutant.At.Line || IsOfAKeyThatNeedsTheType(f, mutant) || (mutant.What == "let" && f.Arguments.Values.Contains("$" + mutant.Name))));

    /// <summary>Keys such as <c>in</c> and <c>pattern</c> say what type they need, in their own line.</summary>
    private static bool IsOfAKeyThatNeedsTheType(Finding finding, Mutant mutant) =>
        mutant.What == "type" && finding.Code == "MAP213" && finding.Arguments["needed"].Contains(mutant.Name, StringComparison.Ordinal);
}
