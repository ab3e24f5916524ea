using System.Globalization;

namespace Benchmarks.Delivery;

/// <summary>What the delivery benchmark is asked.</summary>
internal sealed record DeliveryOptions
{
    public const string Usage =
        "delivery [--rounds 5] [--messages 60000] [--yardsticks ../shared/bench | HUB_YARDSTICKS] [--only NAME,NAME] [--classic] [--latency] [--hour | --minutes N --only NAME] [--broker-port 5672]";

    public int Rounds { get; init; } = 5;

    /// <summary>Messages of one measurement; slow contenders get fewer.</summary>
    public int Messages { get; init; } = 60_000;

    /// <summary>The folder of the programs to compare with; they speak to the broker's default port.</summary>
    public string Yardsticks { get; init; } = Environment.GetEnvironmentVariable("HUB_YARDSTICKS") ?? Path.Combine(Repository.Root, "..", "shared", "bench");

    /// <summary>Null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public bool Classic { get; init; }

    public bool Latency { get; init; }

    /// <summary>Length of the long form; null for the short one.</summary>
    public TimeSpan? Long { get; init; }

    public int BrokerPort { get; init; } = 5672;

    public int DatabasePort { get; init; } = 5543;

    /// <returns>Null when they cannot be read.</returns>
    public static DeliveryOptions? Read(string[] arguments)
    {
        var options = new DeliveryOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            string Next() => ++i < arguments.Length ? arguments[i] : string.Empty;
            switch (arguments[i])
            {
                case "--rounds": options = options with { Rounds = Number(Next()) }; break;
                case "--messages": options = options with { Messages = Number(Next()) }; break;
                case "--yardsticks": options = options with { Yardsticks = Next() }; break;
                case "--only": options = options with { Only = Next().Split(',') }; break;
                case "--classic": options = options with { Classic = true }; break;
                case "--latency": options = options with { Latency = true }; break;
                case "--hour": options = options with { Long = TimeSpan.FromHours(1) }; break;
                case "--minutes": options = options with { Long = TimeSpan.FromMinutes(Number(Next())) }; break;
                case "--broker-port": options = options with { BrokerPort = Number(Next()) }; break;
                case "--database-port": options = options with { DatabasePort = Number(Next()) }; break;
                default: return null;
            }
        }

        return options;
    }

    public bool Takes(string name) => Only?.Contains(name) ?? true;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
