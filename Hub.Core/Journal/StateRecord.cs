namespace Hub.Core.Journal;

/// <summary>A durable document the hub keeps about its own work: a saga's data, a run, a lease.</summary>
/// <param name="Kind">What it is about, such as <c>saga:order-saga</c>.</param>
/// <param name="Key">Unique within its kind.</param>
/// <param name="Version">Grows by one with each write, from 1; begins again when the record was deleted and comes anew.</param>
/// <param name="Body">What its owner wrote.</param>
/// <param name="At">When it was written.</param>
public sealed record StateRecord(string Kind, string Key, long Version, ReadOnlyMemory<byte> Body, DateTimeOffset At);
