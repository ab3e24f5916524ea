namespace Hub.Core.Journal;

/// <summary>The conservation of one pipeline's messages, counted since the store was made.</summary>
public sealed record LedgerRow(string Pipeline, long Received, long Delivered, long Filtered, long Duplicate, long Dead, long InFlight)
{
    /// <summary>What cannot be accounted for; anything but 0 is a defect.</summary>
    public long Unaccounted => Received - Delivered - Filtered - Duplicate - Dead - InFlight;
}
