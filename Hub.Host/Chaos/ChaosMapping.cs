namespace Hub.Host.Chaos;

/// <summary>The mapping of every route: it computes something, and keeps what the oracle looks at.</summary>
internal static class ChaosMapping
{
    public static string Text(string name, string source, string target) => $"""
        mapping: {name}
        version: 1
        source: {Braces($"system: {source}, format: json")}
        target: {Braces($"system: {target}, format: json")}
        fields:
          key: key
          number: {Braces("from: number, type: integer")}
          label: = key & "/" & $string(number)
        """;

    private static string Braces(string text) => "{ " + text + " }";
}
