using System.Globalization;

namespace Hub.Host.Chaos;

/// <summary>SIGKILL of a node while a thread of it stands at a place in its work.</summary>
/// <param name="place">A name of <see cref="Hub.Core.Runtime.FaultPoint"/>.</param>
/// <param name="visits">At most so often the place is passed before.</param>
internal sealed class KillAtPointFault(string place, int visits) : Fault
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override string Kind => WasReached ? "point" : "notreached";

    public override string Detail => place;

    public override bool IsKill => true;

    private bool WasReached { get; set; } = true;

    public override string Arm(Random random) => string.Create(CultureInfo.InvariantCulture, $"{place}:{random.Next(1, visits)}");

    public override async Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken)
    {
        var node = scene.Nodes.Armed ?? scene.Nodes.Running[0];
        try
        {
            await node.Reached.WaitAsync(Patience, scene.Clock, cancellationToken);
            WasReached = true;
        }
        catch (TimeoutException)
        {
            // Nothing came by, on this node and in this time: it is killed all the same, and reported as what it was.
            WasReached = false;
        }

        await scene.Nodes.KillAsync(node);
        scene.Begin();
        scene.End();
    }
}
