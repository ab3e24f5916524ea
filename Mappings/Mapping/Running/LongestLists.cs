using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>What an expression that did too much was probably looping over: the longest lists of the record. Looked for only then.</summary>
internal static class LongestLists
{
    private const int Depth = 8;
    private const int Shown = 2;

    /// <summary>A list of fewer elements is not what took long.</summary>
    private const int Notable = 100;

    /// <returns>A phrase for the end of a finding; empty when no list is long.</returns>
    public static string Of(in Value record)
    {
        var lists = new List<(string Name, int Count)>();
        Collect(record, string.Empty, 0, lists);
        var longest = lists.OrderByDescending(list => list.Count).Take(Shown).Select(list => string.Create(CultureInfo.InvariantCulture, $"{list.Count:N0} {list.Name}")).ToList();
        return longest.Count == 0 ? string.Empty : DiagnosticTexts.Catalog.Render("word.loops", ("lists", string.Join(" × ", longest)));
    }

    private static void Collect(in Value value, string name, int depth, List<(string Name, int Count)> lists)
    {
        if (depth > Depth) return;
        if (value.IsArray)
        {
            var count = 0;
            var first = Value.Missing;
            foreach (var item in value.Items())
            {
                if (count++ == 0) first = item;
            }

            if (count >= Notable) lists.Add((name.Length == 0 ? "[]" : name, count));
            Collect(first, name + "[]", depth + 1, lists);
        }
        else if (value.IsObject)
        {
            foreach (var member in value.Members()) Collect(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", depth + 1, lists);
        }
    }
}
