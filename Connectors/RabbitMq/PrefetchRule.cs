namespace Connectors.RabbitMq;

/// <summary>
/// How many messages the broker may hand out: what is configured, or as many as fit into the configured bytes when bodies are
/// large. RabbitMQ bounds the number only, so the size is learned from what comes; the largest counts and is forgotten slowly.
/// </summary>
internal sealed class PrefetchRule(int most, long bytes, bool isFixed)
{
    private readonly int _most = most;
    private const int Memory = 64;
    private long _largest = 1;

    /// <summary>A consumer that is the only active one must not be cancelled: another node would go on while messages are in hand here.</summary>
    public PrefetchRule(EndpointSettings endpoint)
        : this(endpoint.Prefetch, endpoint.PrefetchSize, endpoint.Queue!.Settings.Boolean("single_active_consumer") || endpoint.Queue.IsStream)
    {
    }

    /// <summary>What the consumer has.</summary>
    public int Current { get; private set; } = most;

    /// <summary>A body has come.</summary>
    /// <returns>True when the consumer is to have another number from now on.</returns>
    public bool Seen(int length)
    {
        _largest = Math.Max(Math.Max(length, 1), _largest - (_largest / Memory));
        var fits = (int)Math.Clamp(bytes / _largest, 1, _most);
        if (isFixed || (fits >= Current / 2 && fits < Current * 4 && (fits < _most || Current == _most))) return false;
        Current = fits;
        return true;
    }
}
