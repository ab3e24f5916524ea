using System.Globalization;
using Benchmarks.Mapping;

namespace Benchmarks.Delivery;

/// <summary>The hub as a forwarder: <c>hub run</c> on a configuration of its own, with dedupe, trace and ledger as ever.</summary>
internal static class HubContenders
{
    private const string Database = "hub_bench";

    /// <summary>Who is held against whom, and the share of the other's rate to reach.</summary>
    public static IReadOnlyList<(string Hub, string Yardstick, double Goal)> Goals { get; } =
    [
        ("hub-postgresql", "pg-pipe100", 0.7),
        ("hub-postgresql", "masstransit-500/200", 1),
        ("hub-postgresql", "node-red", 1),
        ("hub-sqlite", "pg-pipe100", 0.7),
        ("hub-broker", "pipe+map", 0.7),
        ("hub-broker", "masstransit-500/200", 2),
        ("hub-two-nodes", "hub-postgresql", 1),
    ];

    public static IEnumerable<Contender> All(DeliveryOptions options, string folder)
    {
        var postgres = $"store: {{ postgresql: {{ connection: \"postgresql://postgres@127.0.0.1:{options.DatabasePort.ToString(CultureInfo.InvariantCulture)}/{Database}\" }} }}";
        var connection = Postgres.Connection(options.DatabasePort, "postgres");
        Task Empty() => Postgres.CreateAsync(options.DatabasePort, Database);
        Task<long> Commits() => Postgres.TransactionsAsync(connection);
        yield return Hub("hub-postgresql", "journal", postgres) with { Prepare = Empty, Commits = Commits };
        yield return Hub("hub-sqlite", "journal", "store: { file: hub.db }");
        yield return Hub("hub-broker", "broker", "store: { file: hub.db }");
        yield return Hub("hub-two-nodes", "journal", postgres) with { Prepare = Empty, Commits = Commits, More = [Command(Write("hub-second-node", "journal", postgres))] };

        Contender Hub(string name, string durability, string store)
        {
            var configuration = Write(name, durability, store);
            return new Contender(name, Command(configuration))
            {
                Prepare = () =>
                {
                    var data = Path.Combine(configuration, "data");
                    if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
                    return Task.CompletedTask;
                },
            };
        }

        string Write(string name, string durability, string store)
        {
            var root = Path.Combine(folder, name);
            File("hub.yaml", $"hub: {name}\ndata: data\n{store}\ningress: {{ address: \"http://127.0.0.1:0\", in_flight: 100000 }}\n");
            File("systems/bus.yaml", string.Create(CultureInfo.InvariantCulture, $$"""
                system: bus
                connector: rabbitmq
                address: amqp://127.0.0.1:{{options.BrokerPort}}
                limits: { concurrency: 1000 }
                endpoints:
                  in: { queue: { name: in, declare: none }, content: plain, prefetch: 1000 }
                  out: { queue: { name: out, declare: none }, content: plain }

                """));
            File("mappings/deal.yaml", SalesOrder.Mapping + "\n  sentTicks: sentTicks\n");
            File("pipelines/forward.yaml", $"pipeline: forward\nfrom: bus.in\ndurability: {durability}\nsteps:\n  - map: deal\n  - send: bus.out\n");
            return root;

            void File(string path, string text)
            {
                var file = Path.Combine(root, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                System.IO.File.WriteAllText(file, text);
            }
        }
    }

    private static string[] Command(string configuration) => ["dotnet", typeof(Hub.Host.Commands.ExitCode).Assembly.Location, "run", "--config", configuration];
}
