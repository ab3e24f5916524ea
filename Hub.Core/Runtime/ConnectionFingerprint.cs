using System.Security.Cryptography;
using System.Text;
using Hub.Core.Configuration;
using Mappings.Yaml;

namespace Hub.Core.Runtime;

/// <summary>
/// A hash of everything a connection is opened with, resolved references included: it changes when a password does, and
/// tells nothing of it. Limits, retries and the breaker are the gate's; a change of them keeps the connection.
/// </summary>
internal static class ConnectionFingerprint
{
    private static readonly string[] NotTheConnection = ["description", "limits", "retry", "breaker", "after_dead", "ingress"];

    public static string Of(SystemConfig system)
    {
        var text = new StringBuilder(system.Connector).Append('\n');
        foreach (var (name, item) in system.Fields.Items)
        {
            if (NotTheConnection.Contains(name, StringComparer.Ordinal)) continue;
            Part(text, name);
            Write(text, item.Node);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                text.Append('{');
                foreach (var entry in mapping.Entries)
                {
                    Part(text, entry.Key);
                    Write(text, entry.Value);
                }

                text.Append('}');
                break;
            case YamlSequence sequence:
                text.Append('[');
                foreach (var item in sequence.Items) Write(text, item);
                text.Append(']');
                break;
            case YamlScalar scalar:
                Part(text, scalar.Value);
                break;
        }
    }

    /// <summary>With its length, so that no two values run into each other.</summary>
    private static void Part(StringBuilder text, string value) => text.Append(value.Length).Append(':').Append(value);
}
