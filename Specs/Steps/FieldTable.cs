using TechTalk.SpecFlow;

namespace Specs.Steps;

/// <summary>A table with one field and its value a row.</summary>
internal static class FieldTable
{
    public static IEnumerable<(string Field, string Value)> Read(Table table)
    {
        var field = Heading(table, EnglishPhrases.FieldHeading, ChinesePhrases.FieldHeading);
        var value = Heading(table, EnglishPhrases.ValueHeading, ChinesePhrases.ValueHeading);
        return table.Rows.Select(row => (row[field], row[value]));
    }

    private static string Heading(Table table, string english, string chinese) =>
        table.Header.FirstOrDefault(h => h == english || h == chinese)
        ?? throw new ArgumentException($"The table needs a column {english} ({chinese}); it has {string.Join(", ", table.Header)}.");
}
