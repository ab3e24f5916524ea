using Hub.Core.Journal;

namespace Hub.Storage.PostgreSql;

/// <summary>A message as it was read.</summary>
/// <param name="Rows">Its deliveries that differ from what it says, by their places.</param>
/// <param name="Settled">When it was delivered, in ticks; null when it was not, or when nobody asked.</param>
internal sealed record PgStoredMessage(MessageRecord Message, MessageState State, PipelineOutcome? Outcome, Dictionary<int, DeliveryRow> Rows, long? Settled)
{
    internal static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    internal DeliveryView View(int place, IReadOnlyList<AttemptRecord> attempts)
    {
        var row = Row(place);
        return new DeliveryView(Id(place), Outcome!.Deliveries[place], row.State, Time(row.Due), Time(row.Settled), attempts);
    }

    /// <summary>A delivery that is pending, or null.</summary>
    internal PendingDelivery? Pending(int place)
    {
        if (Outcome is null || (uint)place >= (uint)Outcome.Deliveries.Count) return null;
        var row = Row(place);
        return row.State == DeliveryState.Pending ? new PendingDelivery(Id(place), Outcome.Deliveries[place], row.Attempts, Time(row.Due)) : null;
    }

    internal OpenMessage Open() =>
        new(Message, Outcome, Outcome is null ? [] : [.. Enumerable.Range(0, Outcome.Deliveries.Count).Select(Pending).OfType<PendingDelivery>()]);

    private DeliveryId Id(int place) => new(Message.Id, place);

    private DeliveryRow Row(int place)
    {
        if (Rows.TryGetValue(place, out var row)) return row;
        return State == MessageState.Delivered
            ? new DeliveryRow(DeliveryState.Delivered, 0, null, Settled)
            : new DeliveryRow(DeliveryState.Pending, 0, Outcome!.Deliveries[place].NotBefore?.UtcTicks, null);
    }

    private static DateTimeOffset? Time(long? ticks) => ticks is { } value ? Time(value) : null;
}
