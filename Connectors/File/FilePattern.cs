using System.IO.Enumeration;

namespace Connectors.File;

/// <summary>Which names of a folder are taken: the pattern matches (case counts), and the name does not begin with a dot.</summary>
internal static class FilePattern
{
    public static bool Takes(string pattern, string name) =>
        !name.StartsWith('.') && FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), name, ignoreCase: false);
}
