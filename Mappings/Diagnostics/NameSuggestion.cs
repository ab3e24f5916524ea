namespace Mappings.Diagnostics;

/// <summary>"Did you mean": the known name that is nearest to a misspelt one.</summary>
public static class NameSuggestion
{
    private const int LongName = 5;

    /// <summary>"Did you mean", as findings end with it; empty when no name is near.</summary>
    /// <param name="near">As <see cref="Closest"/> gave it.</param>
    public static string Hint(string? near) => near is null ? string.Empty : DiagnosticTexts.Catalog.Render("word.near", ("suggestion", $"\"{near}\""));

    /// <summary>
    /// The candidate with the smallest Damerau-Levenshtein distance (one insertion, deletion, replacement or swap of two
    /// neighbours each count 1; optimal string alignment). A name that differs only in case is always near.
    /// </summary>
    /// <param name="name">What the user wrote.</param>
    /// <param name="candidates">The names that exist.</param>
    /// <returns>The nearest name within distance 2 (1 when <paramref name="name"/> has fewer than 5 characters), the first of equals; null when none is near.</returns>
    public static string? Closest(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        var limit = name.Length < LongName ? 1 : 2;
        var best = limit + 1;
        string? closest = null;
        foreach (var candidate in candidates)
        {
            var distance = string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate, best);
            if (distance >= best) continue;
            best = distance;
            closest = candidate;
        }

        return closest;
    }

    /// <summary>The distance, or <paramref name="limit"/> when it is not smaller than that.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) >= limit || a.Length > 200) return limit;
        var width = b.Length + 1;
        Span<int> rows = width * 3 <= 768 ? stackalloc int[width * 3] : new int[width * 3];
        var beforePrevious = rows[..width];
        var previous = rows[width..(2 * width)];
        var current = rows[(2 * width)..];
        for (var j = 0; j < width; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j < width; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var value = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) value = Math.Min(value, beforePrevious[j - 2] + 1);
                current[j] = value;
            }

            var done = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = done;
        }

        return Math.Min(previous[b.Length], limit);
    }
}
