namespace Tests.Crash;

/// <summary>What the arrivals of one lane must look like.</summary>
internal static class LaneOracle
{
    /// <summary>
    /// Every number from 1 on is there; first arrivals are in order; a repeat carries the idempotency key of its first
    /// arrival; and what is repeated after a kill is the tail of what had arrived, never something long settled.
    /// </summary>
    public static void Check(string key, int accepted, IReadOnlyList<OracleTarget.Arrival> arrivals)
    {
        var keys = new Dictionary<int, string>();
        var highest = 0;
        var previous = 0;
        foreach (var arrival in arrivals)
        {
            if (arrival.Number > highest)
            {
                Assert.True(arrival.Number == highest + 1, $"{key}: {arrival.Number} arrived first after {highest}.");
                highest = arrival.Number;
                keys.Add(arrival.Number, arrival.IdempotencyKey);
            }
            else
            {
                Assert.True(keys[arrival.Number] == arrival.IdempotencyKey, $"{key}: {arrival.Number} was repeated under another idempotency key.");
                // A repeat either starts the tail anew (after a kill) or goes on in it.
                Assert.True(
                    previous == highest || arrival.Number == previous + 1 || arrival.Number <= previous,
                    $"{key}: the repeats jump from {previous} to {arrival.Number}.");
            }

            previous = arrival.Number;
        }

        Assert.True(highest >= accepted, $"{key}: {accepted} were accepted, {highest} arrived.");
    }
}
