using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Xunit;

namespace Tests.Expressions;

/// <summary>Where a name stood last is a guess: whatever comes next, the member that is found is the object's own.</summary>
public sealed class PathShortcutTests
{
    private static readonly string[] Names = ["a", "b", "c", "longerThanEight", "longerThanNine", "姓名"];

    [Fact]
    public void Find_ByAGuessFromOtherObjects_IsFindByWalking()
    {
        var known = Names.Select(n => new PathName(n)).ToArray();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Arb.From(Objects), json =>
        {
            var tape = JsonTape.Read(json).Tape;
            for (var node = 0; node < tape.Used; node += Tape.Stride)
            {
                if (tape.Kind(node) != NodeKind.Object) continue;
                foreach (var name in known) Assert.Equal(tape.Find(node, name.Utf8), Paths.Find(tape, node, name));
            }
        }));
    }

    [Fact]
    public void Find_WhereANestedObjectHasTheNameAtTheGuessedPlace_TakesTheObjectsOwn()
    {
        var name = new PathName("b");
        var first = JsonTape.Read("""{"x":1,"a":2,"b":3}""");
        Assert.Equal("3", Value.FromTape(first.Tape, Paths.Find(first.Tape, 0, name)).ToString());
        var second = JsonTape.Read("""{"a":{"x":0,"b":"nested"},"b":"own"}""");
        Assert.Equal("\"own\"", Value.FromTape(second.Tape, Paths.Find(second.Tape, 0, name)).ToString());
        var third = JsonTape.Read("""{"a":{"x":0,"b":"nested"}}""");
        Assert.Equal(-1, Paths.Find(third.Tape, 0, name));
    }

    [Fact]
    public void Find_AfterALargerRecordOnTheSameTape_SeesNothingOfIt()
    {
        var name = new PathName("z");
        var builder = new TapeBuilder();
        Fill(builder, """{"a":1,"b":2,"z":3}""");
        Assert.NotEqual(-1, Paths.Find(builder.Build(), 0, name));
        Fill(builder, """{"a":1}""");
        Assert.Equal(-1, Paths.Find(builder.Build(), 0, name));
    }

    [Fact]
    public void Path_WithAndWithoutItsShortcut_GivesTheSame() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Arb.From(Objects), Arb.From(Gen.Elements("a", "a.b", "b.a.c", "a.b[]", "c.姓名", "longerThanEight.a")), (json, path) =>
    {
        var input = JsonTape.Read(json);
        Assert.Equal(Run(path, input, Shortcuts.None), Run(path, input, Shortcuts.PlainPaths));
    }));

    private static Gen<string> Objects => Gen.Sized(size => Object(Math.Min(size, 12)));

    private static Gen<string> Object(int size) =>
        from names in Gen.SubListOf(Names)
        from shuffled in Gen.Shuffle(names)
        from values in Gen.ListOf(Node(size / 2), shuffled.Length)
        select "{" + string.Join(',', shuffled.Zip(values, (n, v) => $"\"{n}\":{v}")) + "}";

    private static Gen<string> Node(int size) => size == 0
        ? Gen.Elements("1", "\"t\"", "null", "true", "[]", "{}")
        : Gen.OneOf(Gen.Elements("2", "\"\\n\""), Object(size), Gen.ListOf(Object(size / 2), 2).Select(items => "[" + string.Join(',', items) + "]"));

    private static void Fill(TapeBuilder builder, string json) =>
        Assert.True(Mappings.Formats.Json.JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, Mappings.Formats.ReaderOptions.Default, out _));

    private static string Run(string path, in Value input, Shortcuts shortcuts)
    {
        var expression = Expression.Compile(path, new ExpressionOptions { Shortcuts = shortcuts }, new Findings(), ExpressionOrigin.None)!;
        return expression.Evaluate(new EvaluationContext(), input).ToString();
    }
}
