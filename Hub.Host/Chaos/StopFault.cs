namespace Hub.Host.Chaos;

/// <summary>SIGSTOP of one node, and SIGCONT when the others have long taken over its lanes: it must not go on with what is no longer its own.</summary>
/// <param name="pause">Longer than a lease.</param>
internal sealed class StopFault(TimeSpan pause) : Fault
{
    public override string Kind => "stop";

    public override async Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken)
    {
        await scene.Oracle.AcceptancesAsync(scene.Random.Next(1, 100)).WaitAsync(ChaosLimits.Recovery, scene.Clock, cancellationToken);
        var running = scene.Nodes.Running;
        var node = running[scene.Random.Next(running.Count)];
        await Signals.SendAsync("STOP", node.ProcessId);
        scene.Begin();
        try
        {
            await scene.DelayAsync(pause, cancellationToken);
        }
        finally
        {
            await Signals.SendAsync("CONT", node.ProcessId);
            scene.End();
        }
    }
}
