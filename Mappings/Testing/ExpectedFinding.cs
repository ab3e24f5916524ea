using System.Text.RegularExpressions;
using Mappings.Diagnostics;

namespace Mappings.Testing;

/// <summary>An error or a warning that a test expects.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Field">The field, with or without positions in lists; null for any.</param>
/// <param name="Outcome">What becomes of the record; null for whatever does.</param>
public sealed partial record ExpectedFinding(string Code, string? Field, string? Outcome, SourcePosition At)
{
    public bool Fits(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Code == Code && (Field is null || Field == finding.Path || Field == WithoutPositions(finding.Path));
    }

    /// <summary><c>items[2].no</c> and <c>items[].no</c> as <c>items.no</c>.</summary>
    internal static string WithoutPositions(string path) => Position().Replace(path, string.Empty);

    [GeneratedRegex(@"\[[0-9]*\]")]
    private static partial Regex Position();
}
