namespace Mappings.Testing;

/// <summary>What the tests of one mapping showed.</summary>
/// <param name="Mapping">Its name.</param>
/// <param name="Fields">How many fields of the document have a value of their own.</param>
/// <param name="NeverWritten">The fields that no test wrote with a value, in the order of the file.</param>
/// <param name="NeverTaken">The <c>else</c> and <c>default</c> of fields that no test came to, such as <c>stage (else)</c>.</param>
public sealed record MappingTestReport(string Mapping, IReadOnlyList<TestResult> Results, int Fields, IReadOnlyList<string> NeverWritten, IReadOnlyList<string> NeverTaken)
{
    public int Passed => Results.Count(result => result.IsPassed);

    public int Failed => Results.Count - Passed;

    public int Covered => Fields - NeverWritten.Count;
}
