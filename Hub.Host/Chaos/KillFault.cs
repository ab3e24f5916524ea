namespace Hub.Host.Chaos;

/// <summary>SIGKILL of one node at a random moment.</summary>
internal sealed class KillFault : Fault
{
    private const int AcceptancesMost = 200;

    public override string Kind => "kill";

    public override bool IsKill => true;

    public override async Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken)
    {
        await scene.Oracle.AcceptancesAsync(scene.Random.Next(1, AcceptancesMost)).WaitAsync(ChaosLimits.Recovery, scene.Clock, cancellationToken);
        var running = scene.Nodes.Running;
        await scene.Nodes.KillAsync(running[scene.Random.Next(running.Count)]);
        scene.Begin();
        scene.End();
    }
}
