using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>What an error speaks of, as jsonata-js names it (<c>token</c>): the word of the expression, the operator, or the function that was called.</summary>
internal static class ErrorToken
{
    private const string End = "(end)";

    /// <param name="position">The offset in the expression where the error stands; null when it has none.</param>
    /// <returns>The token; null for an error that has none.</returns>
    public static string? Of(Finding finding, string expression, int? position)
    {
        if (finding.Code is "S0203" or "S0207") return End;
        if ((finding.Arguments.GetValueOrDefault("operator") ?? finding.Arguments.GetValueOrDefault("token")) is { } word) return WithoutDollar(word);
        if (finding.Code is ['S' or 'H', ..] or ['T', '2', ..] or "T1003" or "D1009") return null;
        var called = Called(expression, position) ?? (finding.Arguments.GetValueOrDefault("name") is { } name ? WithoutDollar(name) : null);
        return called is "function" or "λ" ? null : called;
    }

    /// <summary>The name of the function that stands at an offset, called there or by a chain.</summary>
    private static string? Called(string expression, int? position)
    {
        if (position is not { } start || start >= expression.Length || !(expression[start] == '$' || char.IsLetter(expression[start]))) return null;
        var end = start + 1;
        while (end < expression.Length && (char.IsLetterOrDigit(expression[end]) || expression[end] == '_')) end++;
        return expression[start] == '$' ? expression[(start + 1)..end] : expression.AsSpan(end).TrimStart() is ['(', ..] ? expression[start..end] : null;
    }

    private static string WithoutDollar(string word) => word.StartsWith('$') ? word[1..] : word;
}
