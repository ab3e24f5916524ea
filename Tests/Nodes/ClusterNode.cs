using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Nodes;
using Hub.Core.Runtime;

namespace Tests.Nodes;

/// <summary>One engine of a <see cref="Cluster"/>.</summary>
internal sealed class ClusterNode(string name, HubEngine engine, NodeTestStore store)
{
    public string Name => name;

    public HubEngine Engine => engine;

    public NodeTestStore Store => store;

    /// <summary>Nothing of it reaches anybody any more.</summary>
    public bool IsKilled { get; set; }

    public long Epoch => engine.Nodes!.Epoch;

    /// <summary>The groups it works on.</summary>
    public ulong Open
    {
        get
        {
            lock (engine.Flow.Dispatcher.Sync) return engine.Flow.Groups!.Open;
        }
    }

    public async ValueTask<IngressResult> TryPostAsync(string key, int number, string endpoint = "erp.orders")
    {
        Assert.True(EndpointName.TryParse(endpoint, out var to));
        var payload = new IncomingPayload { Body = Encoding.UTF8.GetBytes($$"""{"no":"{{key}}","seq":{{number}}}"""), Attributes = MessageAttributes.None, Malformed = MalformedPolicy.Refuse };
        return await engine.Ingress.AcceptAsync(to, payload, CancellationToken.None);
    }

    public async Task<MessageId> PostAsync(string key, int number, string endpoint = "erp.orders")
    {
        var result = await TryPostAsync(key, number, endpoint);
        Assert.True(result.Status == IngressStatus.Accepted, $"{name}: {result.Status} {result.Finding}");
        return result.Messages[0].Id;
    }

    public bool Owns(string key, string pipeline = "orders") => (Open & (1UL << LaneGroups.Of(pipeline, key))) != 0;
}
