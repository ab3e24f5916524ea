namespace Hub.Core.Journal;

/// <summary>
/// The side of a store that may not know at once what became of a commit, because the connection to its database was lost in
/// the middle: it waits until the database tells, since an answer that is a guess would lose or double messages.
/// </summary>
public interface ICommitDoubt
{
    /// <summary>A commit is in doubt, and the database does not answer. Raised on the committing thread, at most once a commit.</summary>
    event Action<JournalException>? Doubted;

    /// <summary>The hub ends: commits that are in doubt are not waited for any longer, and fail.</summary>
    void GiveUp();
}
