using System.Globalization;

namespace Hub.Host.Chaos;

/// <summary>The wall clock of the hub jumps by minutes, forwards or backwards, while it runs.</summary>
internal sealed class ClockFault : Fault
{
    private const int MinutesMost = 10;

    private TimeSpan _offset;

    public override string Kind => "clock";

    public override string Detail => _offset.TotalMinutes.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    public override async Task StrikeAsync(ChaosScene scene, CancellationToken cancellationToken)
    {
        await scene.Oracle.AcceptancesAsync(scene.Random.Next(1, 100)).WaitAsync(ChaosLimits.Recovery, scene.Clock, cancellationToken);
        TimeSpan next;
        do next = TimeSpan.FromMinutes(scene.Random.Next(-MinutesMost, MinutesMost + 1));
        while (next == _offset);
        _offset = next;
        await scene.Nodes.SetClockAsync(next);
        scene.Begin();
        await scene.DelayAsync(TimeSpan.FromMilliseconds(300), cancellationToken);
        scene.End();
    }
}
