using Hub.Host.Chaos;

namespace Tests.Chaos;

/// <summary>Results as a run would give them.</summary>
internal static class ChaosResults
{
    public static RoundResult Kill(string fault = "kill", string detail = "") => new()
    {
        Round = 1,
        Fault = fault,
        Detail = detail,
        IsKill = true,
        Accepted = 1_204,
        Delivered = 1_190,
        InFlight = 120,
        Bound = 340,
        Duplicated = 7,
        OutOfOrder = 0,
        Lost = 0,
        Unaccounted = 0,
        RecoverySeconds = 1.24,
    };

    public static ChaosResult Fine() => new()
    {
        Store = "sqlite",
        Nodes = 1,
        Routes = ["http → mapping → http"],
        Seed = 7,
        Seconds = 12.3,
        Rounds =
        [
            Kill("point", "sent"),
            Kill() with { Round = 2, IsVoid = true, InFlight = 0 },
            Kill() with { Round = 2, RecoverySeconds = null },
            Kill("clock", "+4") with { Round = 3, IsKill = false },
        ],
        Total = new OracleCount { Accepted = 4_816, Delivered = 4_816, Duplicated = 21 },
        Unaccounted = 0,
        StartSeconds = [0.7, 0.9, 1.5],
        NotRun = [new FaultNotRun("stop", "onenode"), new FaultNotRun("disk", "smalldisk")],
    };
}
