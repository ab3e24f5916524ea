using System.Diagnostics.Metrics;

namespace Hub.Core.Journal;

/// <summary>The journal's instruments, on the meter <c>ConnectorHub.Journal</c>.</summary>
internal sealed class JournalMetrics : IDisposable
{
    internal const string MeterName = "ConnectorHub.Journal";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _commits;
    private readonly Counter<long> _operations;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _refusals;
    private readonly Histogram<int> _groupSize;

    internal JournalMetrics(Func<int> waiting)
    {
        _commits = _meter.CreateCounter<long>("journal.commits", "{commit}", "Groups made durable");
        _operations = _meter.CreateCounter<long>("journal.operations", "{operation}", "Operations made durable");
        _failures = _meter.CreateCounter<long>("journal.failures", "{commit}", "Groups the store could not take");
        _refusals = _meter.CreateCounter<long>("journal.refusals", "{operation}", "Operations the store refused");
        _groupSize = _meter.CreateHistogram<int>("journal.group.size", "{operation}", "Operations of a group");
        _meter.CreateObservableGauge("journal.waiting", waiting, "{entry}", "Entries that wait for a commit");
    }

    internal long Commits { get; private set; }

    internal long Operations { get; private set; }

    internal void Committed(int operations)
    {
        Commits++;
        Operations += operations;
        _commits.Add(1);
        _operations.Add(operations);
        _groupSize.Record(operations);
    }

    internal void Failed() => _failures.Add(1);

    internal void Refused() => _refusals.Add(1);

    public void Dispose() => _meter.Dispose();
}
