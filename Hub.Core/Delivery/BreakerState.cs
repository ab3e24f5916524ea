namespace Hub.Core.Delivery;

/// <summary>Where a circuit breaker stands.</summary>
public enum BreakerState
{
    /// <summary>Attempts go out.</summary>
    Closed,

    /// <summary>Nothing goes out until the pause is over.</summary>
    Open,

    /// <summary>One probe is out; its result decides.</summary>
    HalfOpen,
}
