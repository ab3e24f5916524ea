namespace Hub.Host.Chaos;

/// <summary>How long the chaos run waits before it says that something does not come.</summary>
internal static class ChaosLimits
{
    /// <summary>For what was in flight at a fault to arrive, and for traffic to go on.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);

    /// <summary>For a node to start.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(60);
}
