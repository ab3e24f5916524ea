using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>The journal cannot be opened or written; the finding says why and what to do.</summary>
public sealed class JournalException(Finding finding, Exception? inner = null) : Exception(finding.ToString(), inner)
{
    /// <summary>The code of an operation that the store cannot apply, whatever the state of the disk.</summary>
    public const string Refusal = "JRN811";

    public Finding Finding { get; } = finding;

    /// <summary>Whether the operation is at fault, and trying again is of no use; otherwise the store is, and it may recover.</summary>
    public bool IsRefusal => Finding.Code == Refusal;
}
