using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>The journal cannot be opened or written; the finding says why and what to do.</summary>
public sealed class JournalException(Finding finding, Exception? inner = null) : Exception(finding.ToString(), inner)
{
    public Finding Finding { get; } = finding;
}
