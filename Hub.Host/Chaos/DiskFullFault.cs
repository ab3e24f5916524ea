namespace Hub.Host.Chaos;

/// <summary>The disk under the journal is full until the hub has refused messages, and then has room again.</summary>
/// <param name="folder">On the small disk.</param>
/// <param name="refusals">How often the hub said "not now" so far.</param>
internal sealed class DiskFullFault(string folder, Func<int> refusals) : Fault
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public override string Kind => "disk";

    public override async Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken)
    {
        await scene.Oracle.AcceptancesAsync(scene.Random.Next(1, 100)).WaitAsync(ChaosLimits.Recovery, scene.Clock, cancellationToken);
        var filler = Path.Combine(folder, "filler");
        var before = refusals();
        Fill(filler);
        scene.Begin();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ChaosLimits.Recovery);
            while (refusals() == before)
            {
                await scene.DelayAsync(Look, limit.Token);
                // Room that the hub gave back while it went is taken too.
                Fill(filler);
            }
        }
        finally
        {
            File.Delete(filler);
            scene.End();
        }
    }

    private static void Fill(string file)
    {
        var block = new byte[64 * 1024];
        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            while (true) stream.Write(block);
        }
        catch (IOException)
        {
            // Full: that is the aim.
        }
    }
}
