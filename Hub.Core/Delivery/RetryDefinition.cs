namespace Hub.Core.Delivery;

/// <summary>How failed attempts of a system are repeated.</summary>
/// <param name="Immediate">Attempts that follow the first one at once; default 2.</param>
/// <param name="Delayed">The waits before further attempts; default 10 s, 1 min, 10 min.</param>
/// <param name="Jitter">How far a wait may stray from its value, as a share of it, 0 to 1; default 0.2.</param>
public sealed record RetryDefinition(int Immediate, IReadOnlyList<TimeSpan> Delayed, double Jitter)
{
    public static RetryDefinition Default { get; } =
        new(2, [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)], 0.2);

    /// <summary>One attempt and no other.</summary>
    public static RetryDefinition None { get; } = new(0, [], 0);

    /// <summary>Attempts until a delivery is given up.</summary>
    public int MaxAttempts => 1 + Immediate + Delayed.Count;
}
