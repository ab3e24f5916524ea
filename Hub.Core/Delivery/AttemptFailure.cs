using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Hub.Core.Delivery;

/// <summary>What is known of a failed attempt.</summary>
/// <param name="Finding">What went wrong.</param>
/// <param name="Transient">Whether another attempt may help.</param>
/// <param name="RetryAfter">The wait the target asked for.</param>
internal readonly record struct AttemptFailure(Finding Finding, bool Transient, TimeSpan? RetryAfter)
{
    /// <summary>A message of an unknown exception is kept to this length: it may hold a whole answer of the target.</summary>
    private const int LongestMessage = 500;

    /// <summary>
    /// Tells transient from permanent by the exception's type. What is not known counts as transient: giving up a message
    /// for a reason nobody has understood loses it, trying again costs an attempt.
    /// </summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="timedOut">The gate cancelled the attempt.</param>
    /// <param name="gate">The system's gate, for its name and timeout.</param>
    public static AttemptFailure Of(Exception error, bool timedOut, Gate gate) => error switch
    {
        TransientException transient => new(transient.Finding, true, transient.RetryAfter),
        PermanentException permanent => new(permanent.Finding, false, null),
        OperationCanceledException when timedOut => new(
            Finding.Error("DLV602", SourcePosition.None, string.Empty, ("system", gate.Name), ("timeout", Durations.Text(gate.Limits.Timeout))), true, null),
        _ => new(Unknown("DLV601", error), true, null),
    };

    /// <summary>A finding with the type and the message of an exception nobody foresaw.</summary>
    public static Finding Unknown(string code, Exception error)
    {
        var message = error.Message.Length > LongestMessage ? error.Message[..LongestMessage] : error.Message;
        return Finding.Error(code, SourcePosition.None, string.Empty, ("type", error.GetType().Name), ("message", message));
    }
}
