using System.Diagnostics;

namespace Benchmarks.Delivery;

/// <summary>A program that moves messages from queue <c>in</c> to queue <c>out</c>.</summary>
/// <param name="Name">In the results.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Messages">A slow one gets fewer.</param>
internal sealed record Contender(string Name, IReadOnlyList<string> Command, double Messages = 1)
{
    /// <summary>Its environment, beside the inherited one.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Makes ready for a run: an empty database, a configuration.</summary>
    public Func<Task> Prepare { get; init; } = static () => Task.CompletedTask;

    /// <summary>Commits of its database so far; null when it has none that can be counted from outside.</summary>
    public Func<Task<long>>? Commits { get; init; }

    /// <summary>How many of it run side by side.</summary>
    public IReadOnlyList<IReadOnlyList<string>> More { get; init; } = [];

    /// <param name="log">Receives what it writes.</param>
    public Children Start(string log) => Children.Start([Command, .. More], Environment, log);
}
