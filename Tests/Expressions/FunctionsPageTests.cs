using System.Text.RegularExpressions;
using Mappings.Expressions;
using Mappings.Expressions.Functions;
using Tests.Architecture;
using Xunit;

namespace Tests.Expressions;

/// <summary>docs/functions.md: its examples are true, and it leaves out no function.</summary>
public sealed partial class FunctionsPageTests
{
    private const string CellMark = "\u0001";

    private static readonly string[] NeverAvailable = ["eval", "shuffle"];

    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "functions.md")).ReplaceLineEndings("\n");

    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var cells in Rows()) rows.Add(Code(cells[2]), Code(cells[3]), cells[4]);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_InAMappingOfItsProfile_GivesWhatThePageSays(string text, string result, string profile)
    {
        var options = new ExpressionOptions
        {
            Profile = profile == "full" ? ExpressionProfile.Full : ExpressionProfile.Hub,
            HostFunctions = [new HostFunction("table", 2, static (_, arguments) => Value.FromText(arguments[1].AsText() == "PCS" ? "pc" : "box"))],
        };

        Assert.Equal(result, Evaluated.Json(text, Record().Match(Page).Groups[1].Value, options));
        if (profile == "full") Assert.Contains("MAP271", Evaluated.Refused(text, options with { Profile = ExpressionProfile.Hub }), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HasEveryFunction()
    {
        var named = Rows().Select(cells => Name().Match(cells[0])).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet();

        Assert.Empty(Library.Names.Append("table").Except(NeverAvailable).Except(named));
        Assert.Empty(named.Except(Library.Names).Except(["table", "f"]));
    }

    [Fact]
    public void Page_HasNothingThatIsNoProfile() => Assert.All(Rows(), cells => Assert.Contains(cells[4], (string[])["hub", "full"]));

    private static IEnumerable<string[]> Rows() =>
        from line in Page.Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal) || line.StartsWith("| <code>", StringComparison.Ordinal)
        select line.Replace("\\|", CellMark, StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries)[1..^1];

    /// <summary>What stands between the backticks of a cell; two of them where the code has one itself.</summary>
    private static string Code(string cell) => cell.Replace(CellMark, "|", StringComparison.Ordinal).Trim('`').Trim();

    [GeneratedRegex("^```json\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"^`\$(\w+)\(")]
    private static partial Regex Name();
}
