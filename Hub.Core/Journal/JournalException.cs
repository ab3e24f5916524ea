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

    /// <summary>An operation that cannot be applied.</summary>
    /// <param name="at">The store's file, when it has one.</param>
    /// <param name="reason">What is wrong with the operation.</param>
    /// <param name="inner">What was thrown, if anything.</param>
    public static JournalException Refused(SourcePosition at, string reason, Exception? inner = null) =>
        new(Finding.Error(Refusal, at, string.Empty, ("reason", reason)), inner);
}
