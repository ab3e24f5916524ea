using System.Collections;

namespace Mappings.Diagnostics;

/// <summary>Collects findings; nothing is thrown for the first one, so that all are reported together.</summary>
public sealed class Findings : IReadOnlyCollection<Finding>
{
    private readonly List<Finding> _items = [];

    public int Count => _items.Count;

    public bool HasErrors => _items.Exists(f => f.Severity == Severity.Error);

    public void Add(Finding finding) => _items.Add(finding);

    public void AddRange(IEnumerable<Finding> findings) => _items.AddRange(findings);

    public void Error(string code, SourcePosition at, string path = "", params ReadOnlySpan<(string Name, string Value)> arguments) =>
        _items.Add(Finding.Error(code, at, path, arguments));

    public void Warning(string code, SourcePosition at, string path = "", params ReadOnlySpan<(string Name, string Value)> arguments) =>
        _items.Add(Finding.Warning(code, at, path, arguments));

    /// <summary>All findings by file, line and column; findings of one place stay in the order they were added.</summary>
    public IReadOnlyList<Finding> Sorted() =>
        [.. _items.OrderBy(f => f.At.File, StringComparer.Ordinal).ThenBy(f => f.At.Line).ThenBy(f => f.At.Column)];

    public IEnumerator<Finding> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
