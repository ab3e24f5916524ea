using System.Text;
using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Yaml;

namespace Tests.Lookups;

public sealed class LookupFileTests
{
    [Fact]
    public void Yaml_WithoutEntries_SaysWhatToWrite()
    {
        var findings = new Findings();

        Assert.Null(LookupFile.Read(YamlFile.Parse("lookups/uom.yaml", "lookup: uom\n", findings)!, findings));

        Assert.Equal("lookups/uom.yaml:1:1: error YML126: \"entries\" is missing in a lookup", Assert.Single(findings).ToString());
    }

    [Fact]
    public void Csv_Rows_AreKeysAndValues()
    {
        var findings = new Findings();

        var table = Csv("key,value\nD01,销售部\n\"D,2\",\n", findings)!;

        Assert.Empty(findings);
        Assert.Equal(["D01", "D,2"], table.Keys);
        Assert.Equal("销售部", table.Find("D01").AsText());
        Assert.Equal(string.Empty, table.Find("D,2").AsText());
        Assert.True(table.Find("D03").IsMissing);
    }

    [Theory]
    [InlineData("key,value\n", "lookups/d.csv: error LKP411: the table has no rows")]
    [InlineData("key,value\nA,1\nA,2\n", "lookups/d.csv:3:1: error LKP413: the key \"A\" stands in the table already, at lookups/d.csv:2:1")]
    [InlineData("a,b,c\nA,1,2\n", "lookups/d.csv:2:1: error LKP412: a row of a table has two columns, the key and its value; found 3")]
    public void Csv_ThatIsWrong_NamesTheRow(string csv, string expected)
    {
        var findings = new Findings();

        Assert.Null(Csv(csv, findings));

        Assert.Equal(expected, Assert.Single(findings).ToString());
    }

    private static LookupTable? Csv(string csv, Findings findings) => LookupFile.ReadCsv("d", "lookups/d.csv", Encoding.UTF8.GetBytes(csv), findings);
}
