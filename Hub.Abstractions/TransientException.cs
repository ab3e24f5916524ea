using Mappings.Diagnostics;

namespace Hub.Abstractions;

/// <summary>A failure that may pass by itself: the target is away, slow, busy or limiting. Another attempt follows.</summary>
/// <param name="finding">What went wrong.</param>
/// <param name="retryAfter">The wait the target asked for; null when it did not say.</param>
/// <param name="inner">The cause.</param>
public sealed class TransientException(Finding finding, TimeSpan? retryAfter = null, Exception? inner = null) : HubException(finding, inner)
{
    /// <summary>The wait the target asked for; the next attempt is not before it.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
