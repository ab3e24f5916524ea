using System.Globalization;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Core.Operations;

/// <summary>Looks whether everything the hub relies on is there: every system, side by side, and the journal.</summary>
public static class Doctor
{
    /// <summary>How long one check may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Clocks further apart are told: signatures, tokens and time stamps begin to fail.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>Looks at a running hub.</summary>
    public static async Task<DoctorReport> RunAsync(HubEngine engine, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var clock = engine.Options.Clock;
        var definition = engine.Definition!;
        var journal = JournalAsync(engine, clock, cancellationToken);
        var systems = await engine.WithConnectionsAsync((system, opened) => CheckAsync(system, opened, clock, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new DoctorReport(definition.Name, definition.Revision, clock.GetUtcNow(), Sorted(systems)) { Journal = await journal.ConfigureAwait(false), Nodes = await NodesAsync(engine, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Looks at what a configuration names, with connections of its own.</summary>
    /// <param name="definition">The configuration.</param>
    /// <param name="configurationFolder">Where files that settings name are read from.</param>
    /// <param name="dataFolder">Where folders that settings name start.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Chance.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<DoctorReport> RunAsync(
        HubDefinition definition, string configurationFolder, string dataFolder, TimeProvider clock, Random random, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(clock);
        var systems = await Task.WhenAll(definition.Systems.Select(async system =>
        {
            var opened = system.Connection.Connector.Open(
                system.Connection.Context(system.Name, configurationFolder, dataFolder, clock, random, NullLoggerFactory.Instance));
            await using (opened.ConfigureAwait(false)) return await CheckAsync(system, opened, clock, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        return new DoctorReport(definition.Name, definition.Revision, clock.GetUtcNow(), Sorted(systems));
    }

    private static async Task<NodesReport?> NodesAsync(HubEngine engine, CancellationToken cancellationToken)
    {
        if (engine.Nodes is not { } nodes) return null;
        try
        {
            return await NodeViews.ReadAsync(nodes, cancellationToken).ConfigureAwait(false);
        }
        catch (JournalException)
        {
            // The report says of the journal what keeps it from being read.
            return null;
        }
    }

    private static SystemReport[] Sorted(IEnumerable<SystemReport> systems) => [.. systems.OrderBy(s => s.Name, StringComparer.Ordinal)];

    private static async Task<SystemReport> CheckAsync(SystemDefinition system, ISystemConnection opened, TimeProvider clock, CancellationToken cancellationToken)
    {
        var kind = system.Connection.Connector.Spec.Kind;
        if (opened is not ISystemCheck check) return new SystemReport(system.Name, kind, false, 0, null, null, []);
        var began = clock.GetUtcNow();
        var stamp = clock.GetTimestamp();
        var found = await AskAsync(system.Name, check, clock, cancellationToken).ConfigureAwait(false);
        var took = clock.GetElapsedTime(stamp);

        // The answer was written somewhere between question and end.
        var apart = found.Clock - (began + (took / 2));
        var findings = found.Findings.Select(FindingView.Of).ToList();
        if (apart is { } difference && difference.Duration() > ClockTolerance + took)
        {
            findings.Add(FindingView.Of(Finding.Warning(
                difference > TimeSpan.Zero ? "HUB963" : "HUB964", SourcePosition.None, string.Empty,
                ("system", system.Name), ("seconds", difference.Duration().TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)))));
        }

        return new SystemReport(system.Name, kind, true, Math.Round(took.TotalMilliseconds, 1), found.Version, apart is { } known ? Math.Round(known.TotalSeconds, 1) : null, findings);
    }

    private static async Task<SystemCheck> AskAsync(string system, ISystemCheck check, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check.CheckAsync(both.Token).AsTask().WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (HubException failed)
        {
            return new SystemCheck([failed.Finding]);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new SystemCheck([Finding.Error(
                "DLV602", SourcePosition.None, string.Empty, ("system", system), ("timeout", $"{Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s"))]);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new SystemCheck([Finding.Error("HUB962", SourcePosition.None, string.Empty, ("system", system), ("type", error.GetType().Name), ("message", error.Message))]);
        }
    }

    private static async Task<JournalReport> JournalAsync(HubEngine engine, TimeProvider clock, CancellationToken cancellationToken)
    {
        var journal = engine.Context.Journal;
        var stamp = clock.GetTimestamp();
        if (journal.Health.Available)
        {
            try
            {
                await journal.FlushAsync().AsTask().WaitAsync(Limit, clock, cancellationToken).ConfigureAwait(false);
                return new JournalReport(Math.Round(clock.GetElapsedTime(stamp).TotalMilliseconds, 1), null);
            }
            catch (Exception late) when (late is TimeoutException or JournalException)
            {
                // What keeps it is in its health by now, or it is only slow: told below.
            }
        }

        var finding = journal.Health.Finding ?? Finding.Error("HUB965", SourcePosition.None, string.Empty, ("seconds", Limit.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)));
        return new JournalReport(null, FindingView.Of(finding));
    }
}
