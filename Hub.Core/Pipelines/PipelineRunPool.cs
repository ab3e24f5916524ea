using System.Collections.Concurrent;
using Hub.Core.Delivery;
using Hub.Core.Xrefs;

namespace Hub.Core.Pipelines;

/// <summary>Keeps finished runs with their buffers for the next message. One pool serves all pipelines.</summary>
/// <param name="gateway">How steps ask other systems.</param>
/// <param name="xrefs">How steps ask the identity map.</param>
/// <param name="clock">Measures the time limit of expressions.</param>
/// <param name="keep">At most this many runs wait for use.</param>
public sealed class PipelineRunPool(IRequestGateway gateway, IXrefLookup xrefs, TimeProvider clock, int keep = 64)
{
    private readonly ConcurrentQueue<PipelineRun> _free = new();
    private int _count;

    /// <summary>The running engine's; null outside of one. Handlers need it.</summary>
    internal FlowContext? Flow { get; set; }

    /// <summary>A clean run; disposing it gives it back.</summary>
    public PipelineRun Rent()
    {
        if (_free.TryDequeue(out var run)) Interlocked.Decrement(ref _count);
        else run = new PipelineRun(this, gateway, xrefs, clock);
        run.Rented();
        return run;
    }

    internal void Return(PipelineRun run)
    {
        if (Interlocked.Increment(ref _count) <= keep) _free.Enqueue(run);
        else Interlocked.Decrement(ref _count);
    }
}
