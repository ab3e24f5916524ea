using Mappings.Diagnostics;

namespace Hub.Core.Operations;

/// <summary>A finding as it is shown: rendered in the language of the reader, with its places.</summary>
public sealed record FindingView(string Code, string Severity, string At, string Path, string Text, string? Fix, string? Mapping)
{
    public static FindingView Of(Finding finding) => new(
        finding.Code,
        finding.Severity == Mappings.Diagnostics.Severity.Error ? "error" : "warning",
        finding.At.ToString(),
        finding.Path,
        finding.Message(),
        finding.Fix(),
        finding.Mapping?.ToString());
}
