using System.Numerics;
using Hub.Core.Nodes;

namespace Tests.Nodes;

public sealed class LanePlanTests
{
    [Fact]
    public void Of_IsPartOfTheFormat() =>
        Assert.Equal(s_known, s_lanes.Select(l => LaneGroups.Of(l.Pipeline, l.Key)));

    [Fact]
    public void Of_ManyKeys_FillsAllGroupsEvenly()
    {
        var counts = Enumerable.Range(0, 64_000).Select(i => LaneGroups.Of("orders", $"SO-{i}")).GroupBy(g => g).Select(g => g.Count()).ToList();

        Assert.Equal(LaneGroups.Count, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, 800, 1_200));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(64)]
    public void Moves_UntilNothingMoves_SharesEvenlyAndMovesNoMoreThanNeeded(int count)
    {
        var owners = Enumerable.Repeat(1L, LaneGroups.Count).ToArray();
        var moved = Run(owners, count);

        var shares = Enumerable.Range(1, count).Select(e => owners.Count(o => o == e)).ToList();
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
        Assert.Equal(LaneGroups.Count - shares[0], moved);
    }

    [Fact]
    public void Moves_ANodeThatLeaves_GivesAllUpAndOthersTakeIt()
    {
        var owners = Enumerable.Range(0, LaneGroups.Count).Select(i => (i % 2) + 1L).ToArray();
        var board = Board(owners, 2);
        var leaving = board with { Nodes = [.. board.Nodes.Select(n => n with { IsLeaving = n.Epoch == 1 })] };

        Assert.Equal((board.Groups(1), 0UL), LanePlan.Moves(leaving, 1, board.Groups(1)));
        for (var i = 0; i < owners.Length; i++) owners[i] = owners[i] == 1 ? 0 : owners[i];
        Assert.Equal(32, BitOperations.PopCount(LanePlan.Moves(leaving with { Owners = owners }, 2, board.Groups(2)).Take));
    }

    private static readonly (string Pipeline, string Key)[] s_lanes = [("orders", "K1"), ("orders", "K2"), ("发票", "甲"), ("", "")];

    private static readonly int[] s_known = [6, 7, 63, 28];

    private static int Run(long[] owners, int count)
    {
        var moved = 0;
        for (var round = 0; round < 10; round++)
        {
            var board = Board([.. owners], count);
            for (var self = 1L; self <= count; self++)
            {
                var (giveUp, take) = LanePlan.Moves(board, self, board.Groups(self));
                foreach (var group in LaneGroups.In(giveUp)) owners[group] = 0;
                foreach (var group in LaneGroups.In(take).Where(g => owners[g] == 0 && board.Owners[g] == 0))
                {
                    owners[group] = self;
                    moved++;
                }
            }
        }

        Assert.DoesNotContain(0, owners);
        return moved;
    }

    private static NodeBoard Board(long[] owners, int count) => new(
        [.. Enumerable.Range(1, count).Select(e => new NodeState($"n{e}", e, "", "", TimeSpan.FromSeconds(3), default, true, false, default))], owners, default);
}
