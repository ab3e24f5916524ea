using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Testing;

namespace Tests.Testing;

public sealed class RecordPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("lines[0].sku", "lines[0].sku")]
    [InlineData("[2]", "[2]")]
    [InlineData("a[0][1]", "a[0][1]")]
    [InlineData("岗位列表.岗位", "岗位列表.岗位")]
    [InlineData("`a.b`.c", "a.b.c")]
    public void TryParse_OfAPath_TakesItsSteps(string text, string path)
    {
        Assert.True(RecordPath.TryParse(text, out var parsed));
        Assert.Equal(path, parsed.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[-1]")]
    [InlineData("a[x]")]
    [InlineData("a[99999999999]")]
    [InlineData("`a")]
    [InlineData("``")]
    [InlineData("`a`b")]
    public void TryParse_OfSomethingElse_Refuses(string text) => Assert.False(RecordPath.TryParse(text, out _));

    [Fact]
    public void TryParse_OfAnything_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => text is null || !RecordPath.TryParse(text, out var path) || path.Steps.Count > 0).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("""{"a":1.50,"b":[true,false,null,"x\ny",[],{}],"c":{"d":{"e":"王"}}}""")]
    [InlineData("""[[1,[2,[3]]],{"a":[]}]""")]
    [InlineData("\"text\"")]
    public void Copy_WithoutChanges_IsTheRecordWithItsPlaces(string json)
    {
        var source = Read(json);
        var builder = new TapeBuilder();

        new RecordCopy(source, builder, textOnly: false, []).Copy(new RecordEdit(SourcePosition.None));

        var copy = builder.Build();
        Assert.Equal(Value.FromTape(source, 0).ToString(), Value.FromTape(copy, 0).ToString());
        Assert.Equal(source.NodeCount, copy.NodeCount);
        for (var node = 0; node < source.NodeCount * Tape.Stride; node += Tape.Stride) Assert.Equal(source.PositionOf(node), copy.PositionOf(node));
    }

    private static Tape Read(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return builder.Build();
    }
}
