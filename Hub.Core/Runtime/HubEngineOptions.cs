using Hub.Core.Claims;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Core.Schedules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Core.Runtime;

/// <summary>What an engine is made with.</summary>
public sealed record HubEngineOptions
{
    /// <summary>The journal's store; the engine owns it from its start on.</summary>
    public required IJournalStore Store { get; init; }

    /// <summary>Where payloads over the limit of an endpoint's <c>claim_check</c> are kept; null to refuse them. The engine disposes what is disposable.</summary>
    public IClaimStore? Claims { get; init; }

    /// <summary>This hub as one of several on the same journal, which its store has to be made for; null when it is alone.</summary>
    public NodeOptions? Node { get; init; }

    public required TimeProvider Clock { get; init; }

    public required Random Random { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Relative paths of settings that name files to read start here.</summary>
    public string ConfigurationFolder { get; init; } = ".";

    /// <summary>Relative paths of settings that name files to write or to watch start here.</summary>
    public string DataFolder { get; init; } = ".";

    public JournalOptions Journal { get; init; } = new();

    /// <summary>What is done at times of its own, by one node of the cluster; names are unique, and <c>retention</c> is taken.</summary>
    public IReadOnlyList<ScheduledJob> Jobs { get; init; } = [];

    /// <summary>Bytes of waiting bodies kept in memory; default 64 MB.</summary>
    public long BodyBudget { get; init; } = 64 << 20;

    /// <summary>How long a stop waits for attempts that run; default 10 s. What does not end is repeated after the next start.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Threads that start attempts; 0 for one a processor and one more.</summary>
    public int Pumps { get; init; }
}
