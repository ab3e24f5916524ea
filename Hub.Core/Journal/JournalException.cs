using System.Globalization;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>The journal cannot be opened or written; the finding says why and what to do.</summary>
public sealed class JournalException(Finding finding, Exception? inner = null) : Exception(finding.ToString(), inner)
{
    /// <summary>The code of an operation that the store cannot apply, whatever the state of the disk.</summary>
    public const string Refusal = "JRN811";

    /// <summary>The code of a document that somebody else has written since it was read.</summary>
    public const string StaleState = "JRN813";

    /// <summary>The code of a message that somebody else has finished.</summary>
    public const string NotOpen = "JRN814";

    /// <summary>The code of a node that was taken for dead.</summary>
    public const string Fenced = "JRN840";

    public Finding Finding { get; } = finding;

    /// <summary>Whether others have taken this node for dead: nothing of what it knows of open messages holds any more, and nothing of it is to be tried again.</summary>
    public bool IsFenced => Finding.Code == Fenced;

    /// <summary>Whether the operation is at fault, and trying again is of no use; otherwise the store is, and it may recover.</summary>
    public bool IsRefusal => Finding.Code == Refusal || IsConflict;

    /// <summary>A refusal because somebody else was first: read again and decide anew.</summary>
    public bool IsConflict => Finding.Code is StaleState or NotOpen;

    /// <summary>An operation that cannot be applied.</summary>
    /// <param name="at">The store's file, when it has one.</param>
    /// <param name="reason">What is wrong with the operation.</param>
    /// <param name="inner">What was thrown, if anything.</param>
    public static JournalException Refused(SourcePosition at, string reason, Exception? inner = null) =>
        new(Finding.Error(Refusal, at, string.Empty, ("reason", reason)), inner);

    /// <summary>A document does not have the version its writer read.</summary>
    /// <param name="at">The store's file, when it has one.</param>
    /// <param name="operation">What was to be written.</param>
    /// <param name="found">The version there is; 0 when there is none.</param>
    public static JournalException Stale(SourcePosition at, WriteStateOperation operation, long found) =>
        new(Finding.Error(
            StaleState, at, string.Empty, ("kind", operation.Kind), ("key", operation.Key),
            ("expected", operation.Expected.ToString(CultureInfo.InvariantCulture)), ("found", found.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A message that must be open and without an outcome is not.</summary>
    public static JournalException Finished(SourcePosition at, MessageId message) =>
        new(Finding.Error(NotOpen, at, string.Empty, ("id", message.ToString())));
}
