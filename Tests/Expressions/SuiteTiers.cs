namespace Tests.Expressions;

/// <summary>The tiers in which the public suite is counted, by the names of its groups: any folder of its layout has the same.</summary>
internal static class SuiteTiers
{
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["T0"] = "core", ["T1"] = "functions as values", ["T2"] = "library", ["T3"] = "pictures", ["T4"] = "joins, parents and the rest",
    };

    private static readonly HashSet<string> Functions =
    [
        "closures", "function-applications", "function-signatures", "higher-order-functions", "hof-filter", "hof-map", "hof-reduce", "hof-single",
        "hof-zip-map", "lambdas", "matchers", "partial-application", "regex", "tail-recursion",
    ];

    private static readonly HashSet<string> Pictures =
        ["function-formatBase", "function-formatInteger", "function-formatNumber", "function-fromMillis", "function-parseInteger", "function-tomillis"];

    private static readonly HashSet<string> Rest =
    [
        "function-decodeUrl", "function-decodeUrlComponent", "function-encodeUrl", "function-encodeUrlComponent", "function-eval", "joins", "parent-operator",
        "performance", "transforms",
    ];

    public static string Of(string group)
    {
        if (Functions.Contains(group)) return "T1";
        if (Pictures.Contains(group)) return "T3";
        if (Rest.Contains(group)) return "T4";
        return group.StartsWith("function-", StringComparison.Ordinal) || group == "encoding" ? "T2" : "T0";
    }
}
