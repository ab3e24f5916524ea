namespace Hub.Core.Runtime;

/// <summary>
/// Places at which <c>hub chaos</c> kills a process. A process that was started with <c>HUB_FAULT_POINT=NAME</c> or
/// <c>NAME:N</c> says on standard error when a thread comes to the place, the N-th time it does, and keeps this thread there
/// for good; whoever set the variable kills the process. Without the variable a place costs nothing.
/// </summary>
public static class FaultPoint
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "HUB_FAULT_POINT";

    /// <summary>How the line on standard error begins; the name of the place follows.</summary>
    public const string Announcement = "HUB_FAULT_POINT reached: ";

    /// <summary>A message was taken in, and its commit has yet to be asked for.</summary>
    public const string Received = "received";

    /// <summary>A message is durable, and its sender does not know.</summary>
    public const string Committed = "committed";

    /// <summary>An attempt is about to be made.</summary>
    public const string Sending = "sending";

    /// <summary>The target has confirmed, and the journal does not know.</summary>
    public const string Sent = "sent";

    /// <summary>A group of operations is applied, and its transaction has yet to be committed.</summary>
    public const string Settling = "settling";

    /// <summary>Some operations of a group are applied, and others of it are not.</summary>
    public const string MidBatch = "mid-batch";

    /// <summary>A message was committed for another node to work on, and its sender does not know.</summary>
    public const string Handover = "handover";

    /// <summary>Lane groups are this node's, and what is open in them has yet to be read.</summary>
    public const string Takeover = "takeover";

    /// <summary>A handler has done its work, and the commit of what it did has yet to be asked for.</summary>
    public const string SagaCommit = "saga-commit";

    // Read once, so that the just-in-time compiler drops the places of a process that has none.
    private static readonly string? Armed = Name(Environment.GetEnvironmentVariable(Variable));

    private static int _left = Times(Environment.GetEnvironmentVariable(Variable));

    /// <summary>A thread has come to a place: returns at once, or never.</summary>
    public static void Reach(string name)
    {
        if (Armed is null) return;
        if (!string.Equals(Armed, name, StringComparison.Ordinal) || Interlocked.Decrement(ref _left) != 0) return;
        Console.Error.WriteLine(Announcement + name);
        Console.Error.Flush();
        Thread.CurrentThread.Join();
    }

    /// <summary>The place that a value of the variable names; null for none.</summary>
    internal static string? Name(string? value) =>
        string.IsNullOrEmpty(value) ? null : value.LastIndexOf(':') is >= 0 and var colon ? value[..colon] : value;

    /// <summary>At which of its visits a thread is kept; the first when none is written.</summary>
    internal static int Times(string? value) =>
        value?.LastIndexOf(':') is >= 0 and var colon && int.TryParse(value.AsSpan(colon + 1), out var times) && times > 0 ? times : 1;
}
