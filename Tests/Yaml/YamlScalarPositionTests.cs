using Mappings.Diagnostics;
using Mappings.Yaml;
using Xunit;

namespace Tests.Yaml;

/// <summary>Each ✕ in a value is looked up by its offset and must be found at the place of the ✕ in the file.</summary>
public sealed class YamlScalarPositionTests
{
    [Theory]
    [InlineData("a: = one + ✕")]
    [InlineData("a: 'it''s ''✕'' here'")]
    [InlineData("a: \"tab\\t \\u4e2d \\x41 \\\" ✕\"")]
    [InlineData("a: \"\\U0001F600 ✕\"")]
    [InlineData("a: |\n  first\n  second ✕\n")]
    [InlineData("a: |\n  first\n\n\n    deeper ✕\n  back ✕\n")]
    [InlineData("a: |-  # why\n    first ✕\n    b ✕")]
    [InlineData("a: |2\n    two more ✕\n  b ✕\n")]
    [InlineData("a: |\r\n  first\r\n  second ✕\r\n")]
    [InlineData("a: >\n  folded ✕\n  lines ✕\n\n  and ✕\n    deeper ✕\n  back ✕\n")]
    [InlineData("a: >+\n  folded ✕\n\n\n  two ✕\n\n")]
    [InlineData("a: plain over\n  two ✕ lines\n\n  and ✕ more")]
    [InlineData("a: \"quoted over\n  two ✕ lines \\\n   joined ✕\n\n  and ✕\"")]
    [InlineData("a: 'quoted over\n  two ✕ lines\n\n  and ✕'")]
    [InlineData("- - a: |\n      nested ✕\n")]
    public void Character_OfAValue_IsFoundInTheFile(string text)
    {
        var findings = new Findings();
        var scalar = Scalars(YamlFile.Parse("f.yaml", text, findings)!).Single(s => s.Value.Contains('✕'));
        var expected = Marks(text.Split(["\r\n", "\n"], StringSplitOptions.None)).ToArray();

        var found = Enumerable.Range(0, scalar.Value.Length).Where(i => scalar.Value[i] == '✕').Select(i => Short(scalar.PositionAt(i))).ToArray();

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("a: text", "1:4")]
    [InlineData("a: 'text'", "1:5")]
    [InlineData("a: \"text\"", "1:5")]
    [InlineData("a: |\n  text", "2:3")]
    [InlineData("a: |\n\n   text", "2:1")]
    [InlineData("a: ''", "1:4")]
    public void Position_OfAScalar_IsItsFirstCharacter(string text, string position)
    {
        var root = (YamlMapping)YamlFile.Parse("f.yaml", text, [])!;

        Assert.Equal(position, Short(root["a"]!.Position));
    }

    [Fact]
    public void Expression_InABlock_CountsFromBehindItsMark()
    {
        var root = (YamlMapping)YamlFile.Parse("f.yaml", "a: |\n  = x\n    ? y\n", [])!;
        var expression = YamlExpression.From((YamlScalar)root["a"]!);

        Assert.Equal("x\n  ? y\n", expression.Text);
        Assert.Equal("2:5", Short(expression.PositionAt(0)));
        Assert.Equal("3:7", Short(expression.PositionAt(6)));
        Assert.Equal("3:8", Short(expression.PositionAt(7)));
    }

    [Fact]
    public void Position_BehindTheLastCharacter_IsTheEndOfTheText()
    {
        var root = (YamlMapping)YamlFile.Parse("f.yaml", "a: abc # remark", [])!;

        Assert.Equal("1:7", Short(((YamlScalar)root["a"]!).PositionAt(3)));
    }

    private static string Short(SourcePosition at) => $"{at.Line}:{at.Column}";

    private static IEnumerable<string> Marks(string[] lines) =>
        from line in Enumerable.Range(0, lines.Length)
        from column in Enumerable.Range(0, lines[line].Length)
        where lines[line][column] == '✕'
        select $"{line + 1}:{column + 1}";

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlMapping mapping => mapping.Entries.SelectMany(e => Scalars(e.Value)),
        YamlSequence sequence => sequence.Items.SelectMany(Scalars),
        _ => [],
    };
}
