namespace Hub.Core.Messaging;

/// <summary>How a message is sent.</summary>
public sealed class SendOptions : ExtendableOptions
{
    internal string? Destination { get; private set; }

    internal bool ToThisEndpoint { get; private set; }

    internal TimeSpan? Delay { get; private set; }

    internal DateTimeOffset? NotBefore { get; private set; }

    /// <summary>Sends to this endpoint whatever the type's route is.</summary>
    /// <param name="destination"><c>system.endpoint</c></param>
    public void SetDestination(string destination)
    {
        ArgumentException.ThrowIfNullOrEmpty(destination);
        Destination = destination;
    }

    /// <summary>Sends to the endpoint that works on the current message.</summary>
    public void RouteToThisEndpoint() => ToThisEndpoint = true;

    /// <summary>Holds the message for this long. It is durable meanwhile and keeps nothing else waiting.</summary>
    public void DelayDeliveryWith(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Delay = delay;
    }

    /// <summary>Holds the message until this time.</summary>
    public void DoNotDeliverBefore(DateTimeOffset at) => NotBefore = at;
}
