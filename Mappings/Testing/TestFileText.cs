using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>Adds a test to the text of a file of tests: what is there, comments and all, stays as it is.</summary>
public static class TestFileText
{
    /// <param name="text">The file; null when there is none yet.</param>
    /// <param name="file">Its name in findings.</param>
    /// <param name="test">The test as <see cref="TestRecorder"/> writes it.</param>
    /// <param name="line">The line of the new test, from 1.</param>
    /// <param name="findings">Receives why it cannot be added.</param>
    /// <returns>The new text, or null.</returns>
    public static string? Append(string? text, string file, string mapping, string test, out int line, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(findings);
        line = 3;
        if (text is null) return $"tests_for: {mapping}\ntests:\n" + Indented(test, 2);
        var own = new Findings();
        var root = YamlFile.Parse(file, text, own) as YamlMapping;
        findings.AddRange(own);
        if (root is null) return null;
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        if (root["tests"] is not YamlSequence { Items: [var first, ..] } || !lines[first.Position.Line - 1].TrimStart().StartsWith("- ", StringComparison.Ordinal))
        {
            findings.Error("TST550", root["tests"]?.Position ?? SourcePosition.WholeFile(file));
            return null;
        }

        var indent = lines[first.Position.Line - 1].IndexOf('-', StringComparison.Ordinal);
        var end = End(root, lines);
        line = end + 1;
        lines.InsertRange(end, Indented(test, indent).TrimEnd('\n').Split('\n'));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Where the list of tests ends: before the next key with the comments above it, or at the end of the file.</summary>
    private static int End(YamlMapping root, List<string> lines)
    {
        var next = root.Entries.SkipWhile(entry => entry.Key != "tests").Skip(1).FirstOrDefault();
        if (next is null) return lines.Count;
        var end = next.KeyNode.Position.Line - 1;
        while (end > 0 && (string.IsNullOrWhiteSpace(lines[end - 1]) || lines[end - 1].StartsWith('#'))) end--;
        return end;
    }

    private static string Indented(string test, int indent) =>
        string.Concat(test.TrimEnd('\n').Split('\n').Select(line => new string(' ', indent) + line + "\n"));
}
