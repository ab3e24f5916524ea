namespace Hub.Host.Chaos;

/// <summary>Something that goes wrong.</summary>
internal abstract class Fault
{
    /// <summary>The key of its name in the texts: <c>chaos.fault.KIND</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What its name is completed with; empty for nothing.</summary>
    public virtual string Detail => string.Empty;

    /// <summary>It ends a process of the hub with SIGKILL.</summary>
    public virtual bool IsKill => false;

    /// <summary>The place at which a node has to be started to stop for this fault; null when it needs none.</summary>
    /// <param name="random">Chooses at which visit.</param>
    public virtual string? Arm(Random random) => null;

    /// <summary>
    /// Waits for its moment and does it. In between it calls <see cref="ChaosScene.Begin"/> and <see cref="ChaosScene.End"/>;
    /// what lasts is over when it returns, and a node that it killed is still down.
    /// </summary>
    public abstract Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken);
}
