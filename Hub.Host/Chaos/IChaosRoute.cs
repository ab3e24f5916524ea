namespace Hub.Host.Chaos;

/// <summary>A way through the hub whose both ends the chaos process holds.</summary>
internal interface IChaosRoute : IAsyncDisposable
{
    /// <summary>How its lanes' keys begin.</summary>
    string Name { get; }

    /// <summary>As it is shown: <c>http → mapping → http</c>.</summary>
    string Shown { get; }

    /// <summary>Its part of the configuration, by file name.</summary>
    IReadOnlyDictionary<string, string> Files();

    /// <summary>Sends the messages of a lane, each until it is accepted, until the token is cancelled; the one in hand is still seen through.</summary>
    Task SendAsync(ChaosLane lane, CancellationToken stop);
}
