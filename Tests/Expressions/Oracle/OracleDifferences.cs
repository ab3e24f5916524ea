using System.Text.Json;

namespace Tests.Expressions.Oracle;

/// <summary>Where the hub answers otherwise than jsonata-js, on purpose. Each rule is as narrow as it can be told from the answers.</summary>
internal static class OracleDifferences
{
    /// <summary>Guards against loops and growth.</summary>
    private static readonly string[] Limits = ["D1011", "D1012", "D2014", "D2015", "LIM501", "LIM502", "U1001"];

    /// <returns>The reason, or null when the difference is none that is known.</returns>
    public static string? Reason(JsonElement oracle, JsonElement hub)
    {
        var theirs = Code(oracle);
        var ours = Code(hub);
        if (theirs is not null && ours is not null)
        {
            return "both refuse it; jsonata-js evaluates the parts of an array at once, so that any of several errors may come first";
        }

        if (theirs == "none") return "jsonata-js fails inside (a JavaScript TypeError), not with an error of the language";
        if (ours is not null && Limits.Contains(ours)) return "a guard of the hub";
        if (theirs is not null && Limits.Contains(theirs)) return "a guard of jsonata-js";
        if (theirs == "S0217") return "jsonata-js refuses % before it knows whether it is evaluated, also where it never is";
        if (theirs == "S0302") return "jsonata-js takes a slash behind [] or a sort for the begin of a regular expression";
        if (ours == "MAP276") return "the hub's calendar has the years 1 to 9999 and no day that does not exist";
        if (ours is "MAP275" or "MAP277" or "MAP278") return "where jsonata-js answers NaN the hub says what is wrong";
        if (ours == "D3001" || ours == "D1001") return "the hub has no infinity";
        if (Is(oracle, "function") || Is(hub, "function") || oracle.GetRawText().Contains("_jsonata_", StringComparison.Ordinal)) return "a function is no answer";
        return null;
    }

    private static bool Is(JsonElement answer, string name) => answer.TryGetProperty(name, out _);

    private static string? Code(JsonElement answer) => answer.TryGetProperty("error", out var code) ? code.GetString() : null;
}
