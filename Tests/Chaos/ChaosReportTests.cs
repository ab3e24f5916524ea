using System.Globalization;
using Hub.Host.Chaos;
using Hub.Host.Commands;

namespace Tests.Chaos;

public sealed class ChaosReportTests
{
    private const string English = """
        hub chaos: journal sqlite, nodes 1, seed 7
        1. kill at sent: 120 in flight; accepted 1,204, delivered 1,190, twice 7 (at most 340), out of order 0, lost 0, unaccounted 0; whole again after 1.2 s
        2. kill: nothing was in flight; the round is void and repeated
        2. kill: 120 in flight; accepted 1,204, delivered 1,190, twice 7 (at most 340), out of order 0, lost 0, unaccounted 0; the next fault came before all had arrived
        3. the clock jumps to +4 min: 120 in flight; accepted 1,204, delivered 1,190, twice 7 (at most 340), out of order 0, lost 0, unaccounted 0; whole again after 1.2 s

        Not tried: a node stopped longer than its lease: takes several nodes, which takes --store postgresql
        Not tried: the disk is full: takes root, or --small-disk DIR
        2 kills and 1 other faults in 12.3 s (http → mapping → http); void rounds: 1
        accepted 4,816, delivered 4,816, lost 0, out of order 0, unaccounted 0
        arrived twice 21, at most 1,360 were in flight at a fault; of others 0; at a target that looks at the idempotency key 0
        a node takes messages 0.9 s after its start (0.7 to 1.5 s)
        Passed.

        """;

    private const string Chinese = """
        hub chaos：日志库 sqlite，节点 1，种子 7
        1. 在 sent 处杀死：在途 120；已接收 1,204，已送达 1,190，重复 7（至多 340），乱序 0，丢失 0，未计入 0；1.2 秒后全部到达
        2. 杀死：没有消息在途；本轮作废并重做
        2. 杀死：在途 120；已接收 1,204，已送达 1,190，重复 7（至多 340），乱序 0，丢失 0，未计入 0；全部到达之前又发生了下一个故障
        3. 时钟跳到 +4 分钟：在途 120；已接收 1,204，已送达 1,190，重复 7（至多 340），乱序 0，丢失 0，未计入 0；1.2 秒后全部到达

        未尝试：节点暂停超过租约：需要多个节点，即 --store postgresql
        未尝试：磁盘已满：需要 root 或 --small-disk DIR
        12.3 秒内杀死 2 次，其他故障 1 次（http → mapping → http）；作废的轮次：1
        已接收 4,816，已送达 4,816，丢失 0，乱序 0，未计入 0
        到达两次 21，故障时在途至多 1,360；其余重复 0；在检查幂等键的目标处 0
        节点启动 0.9 秒后接收消息（0.7 至 1.5 秒）
        通过。

        """;

    [Theory]
    [InlineData("", English)]
    [InlineData("zh-CN", Chinese)]
    public void Report_OfARun_ReadsLikeThis(string culture, string expected)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        using var written = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var output = new CommandOutput(written, TextWriter.Null);
        var result = ChaosResults.Fine();

        ChaosReport.Begin(new ChaosOptions { Seed = result.Seed }, output);
        foreach (var round in result.Rounds) ChaosReport.Round(round, output);
        ChaosReport.End(result, output);

        Assert.Equal(expected.ReplaceLineEndings("\n"), written.ToString());
    }

    [Theory]
    [InlineData("", "FAILED: the guarantees were broken.")]
    [InlineData("zh-CN", "失败：保证被打破。")]
    public void Report_OfALoss_SaysSo(string culture, string expected)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(culture);
        using var written = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var fine = ChaosResults.Fine();

        ChaosReport.End(fine with { Total = fine.Total with { Missing = 1 } }, new CommandOutput(written, TextWriter.Null));

        Assert.EndsWith(expected + "\n", written.ToString(), StringComparison.Ordinal);
    }
}
