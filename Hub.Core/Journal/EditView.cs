using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>One edit of a message.</summary>
/// <param name="Number">From 1; the idempotency keys of what was sent after it end with <c>.eNUMBER</c>.</param>
/// <param name="Delivery">The delivery whose body was changed; null for the message's own.</param>
/// <param name="At">When.</param>
/// <param name="By">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Before">Hash of the body there was.</param>
/// <param name="After">Hash of the new body.</param>
/// <param name="Original">The body there was.</param>
/// <param name="Findings">What was wrong until then.</param>
public sealed record EditView(
    int Number, int? Delivery, DateTimeOffset At, string By, string Reason, string Before, string After, ReadOnlyMemory<byte> Original, IReadOnlyList<Finding> Findings);
