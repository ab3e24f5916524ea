using System.Globalization;
using System.Text.Json;

namespace Tests.Expressions;

/// <summary>Whether two documents are one under the number rule: numbers at 15 digits, members in any order.</summary>
internal static class JsonSame
{
    public static bool Are(JsonElement a, JsonElement b, bool unordered = false)
    {
        if (a.ValueKind != b.ValueKind) return false;
        switch (a.ValueKind)
        {
            case JsonValueKind.Number: return Digits(a) == Digits(b);
            case JsonValueKind.String: return a.GetString() == b.GetString();
            case JsonValueKind.Array:
                var left = a.EnumerateArray().ToList();
                var right = b.EnumerateArray().ToList();
                if (left.Count != right.Count) return false;
                if (!unordered) return left.Zip(right).All(p => Are(p.First, p.Second));
                return left.All(l => right.FindIndex(r => Are(l, r, true)) is var at and >= 0 && Taken(right, at));
            case JsonValueKind.Object:
                var members = a.EnumerateObject().ToList();
                return members.Count == b.EnumerateObject().Count() && members.TrueForAll(m => b.TryGetProperty(m.Name, out var other) && Are(m.Value, other, unordered));
            default: return true;
        }
    }

    private static bool Taken(List<JsonElement> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static string Digits(JsonElement number) => number.GetDouble().ToString("E14", CultureInfo.InvariantCulture);
}
