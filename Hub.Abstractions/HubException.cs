using Mappings.Diagnostics;

namespace Hub.Abstractions;

/// <summary>
/// The base of what the hub throws on purpose. The kind decides what happens next: a <see cref="TransientException"/> is
/// tried again, a <see cref="PermanentException"/> never is.
/// </summary>
public abstract class HubException : Exception
{
    /// <summary>Wraps the finding that says what went wrong.</summary>
    protected HubException(Finding finding, Exception? inner)
        : base(finding.ToString(), inner) => Finding = finding;

    /// <summary>What went wrong, where, and what to do.</summary>
    public Finding Finding { get; }
}
