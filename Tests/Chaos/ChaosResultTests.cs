using Hub.Host.Chaos;

namespace Tests.Chaos;

public sealed class ChaosResultTests
{
    [Fact]
    public void Result_NothingBroken_IsFine()
    {
        var result = ChaosResults.Fine();

        Assert.True(result.IsFine);
        Assert.Equal((2, 1, 1), (result.Kills, result.OtherFaults, result.VoidRounds));
    }

    public static TheoryData<string> Breaks() => [.. Broken.Keys];

    private static readonly Dictionary<string, Func<ChaosResult, ChaosResult>> Broken = new()
    {
        ["lost"] = fine => fine with { Total = fine.Total with { Missing = 1 } },
        ["out of order"] = fine => fine with { Total = fine.Total with { OutOfOrder = 1 } },
        ["unaccounted"] = fine => fine with { Unaccounted = 1 },
        ["duplicated beyond the bound"] = fine => fine with { Total = fine.Total with { DuplicatedBeyond = 1 } },
        ["duplicated at an idempotent target"] = fine => fine with { Total = fine.Total with { DuplicatedIdempotent = 1 } },
        ["lost in a round"] = fine => fine with { Rounds = [ChaosResults.Kill() with { Lost = 1 }] },
        ["unaccounted in a round"] = fine => fine with { Rounds = [ChaosResults.Kill() with { Unaccounted = -1 }] },
        ["no kill met anything"] = fine => fine with { Rounds = [ChaosResults.Kill() with { IsVoid = true }] },
        ["nothing was delivered"] = fine => fine with { Total = new OracleCount() },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Result_SomethingBroken_IsNotFine(string what)
    {
        Assert.False(Broken[what](ChaosResults.Fine()).IsFine);
    }
}
