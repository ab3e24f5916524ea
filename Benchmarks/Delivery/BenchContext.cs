namespace Benchmarks.Delivery;

/// <summary>Servers and folder of one run of the benchmark.</summary>
/// <param name="Queues">Between which everybody forwards.</param>
/// <param name="Broker">RabbitMQ's folder.</param>
/// <param name="Database">PostgreSQL's folder.</param>
/// <param name="Folder">For logs and working files.</param>
/// <param name="QueueType">quorum or classic.</param>
internal sealed record BenchContext(Queues Queues, string Broker, string Database, string Folder, string QueueType)
{
    public CpuTimes Cpu(IReadOnlyList<int> forwarders) => CpuTimes.Now(forwarders, Broker, Database);

    public string Log(string name) => Path.Combine(Folder, $"{name.Replace('/', '-').Replace(' ', '-')}.log");
}
