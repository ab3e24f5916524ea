using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

/// <summary>Corners of the language in which the hub once differed from jsonata-js; each was found by the fuzzer or by comparing function by function.</summary>
public sealed class JsonataCornerTests
{
    private const string Shop = """{"a":{"n":1,"b":[{"c":1},{"c":2}]}}""";

    private static readonly ExpressionOptions Lenient = new() { Profile = ExpressionProfile.Everything, Strict = false };

    [Theory]
    [InlineData("$append(\"\", [])", """[""]""")]
    [InlineData("$append(1, [nothing])", "[1]")]
    public void Append_OfNothing_StaysAList(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("$map([{\"a\":1},{\"b\":2,\"c\":3},{}], $keys)", """[["a"],["b","c"],[]]""")]
    [InlineData("$map([{\"a\":1},{\"b\":2,\"c\":3}], function($v){$keys($v)})", """[["a"],["b","c"]]""")]
    [InlineData("$each({\"x\":{\"a\":1},\"y\":{}}, $keys)", """[["a"],[]]""")]
    public void HigherOrderFunction_OverAFunctionThatGivesASequence_KeepsItsLists(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("(a.b.c)[[0,0]]", "[1,1]")]
    [InlineData("(a.b.c)[[1,0.5,1]]", "[1,2,2]")]
    public void Positions_NamedTwice_GiveTheElementTwice(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("(a.b).%.n", "[1,1]")]
    [InlineData("(a.b)[c=1].%.n", "1")]
    [InlineData("(a.b)[%.n=1].c", "[1,2]")]
    [InlineData("a.((b).c).%.%.n", "[1,1]")]
    [InlineData("(1; a.b).%.n", "[1,1]")]
    [InlineData("($x := a; $x.b).%.n", "[1,1]")]
    public void Parent_BehindABlock_IsFoundInIt(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("a.b@$q.%.n", "[1,1]")]
    [InlineData("a.b@$q.b@$r.%.n", "[1,1,1,1]")]
    public void Parent_BehindAJoin_IsWhatTheJoinedStandIn(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("a.b[0].c.%.c", "[1,3]")]
    [InlineData("a.b[0].c@$x.{\"x\": $x}", """[{"x":1},{"x":3}]""")]
    [InlineData("a.b[0].({\"v\": c})#$i.{\"i\": $i, \"v\": v}", """[{"i":0,"v":1},{"i":0,"v":3}]""")]
    public void Filter_BeforeTheFirstBinding_FiltersEachListByItself(string text, string expected) =>
        Assert.Equal(expected, Json(text, """{"a":[{"b":[{"c":1},{"c":2}]},{"b":[{"c":3}]}]}"""));

    [Fact]
    public void Join_OfTheWholeInput_IsTheInput() => Assert.Equal("[1,2,3]", Json("$@$i", "[1,2,3]"));

    [Theory]
    [InlineData("nothing[$error(\"x\")]")]
    [InlineData("(nothing)[$error(\"x\")]")]
    [InlineData("nothing[true][$error(\"x\")]")]
    public void Filter_OverNothing_IsAskedOnce(string text) => Assert.Equal("D3137", Evaluated.Error(text, Shop, Lenient).Code);

    [Theory]
    [InlineData("nothing[false][$error(\"x\")]")]
    [InlineData("nothing[0][$error(\"x\")]")]
    [InlineData("a.n[false][$error(\"x\")]")]
    [InlineData("(a.n)[false][$error(\"x\")]")]
    public void Filter_BehindOneThatKeepsNothing_IsNotAsked(string text) => Assert.Equal("missing", Json(text));

    [Theory]
    [InlineData("λ($arg)<(sa<n>)>>{$arg}(5)", "S0402")]
    [InlineData("λ($arg)<n<n>>>{$arg}(5)", "S0401")]
    [InlineData("λ($arg)<n{$arg}(5)", "S0202")]
    [InlineData("λ($arg)<n", "S0203")]
    [InlineData("\"a\" < +\"b", "S0101")]
    public void SyntaxError_OfSeveral_IsTheOneThatComesFirst(string text, string code) =>
        Assert.Contains(code, Evaluated.Refused(text, Lenient), StringComparison.Ordinal);

    [Fact]
    public void Signature_WithALetterThatMeansNothing_IsRefusedOnlyInTheHub()
    {
        Assert.Equal("5", Json("λ($arg)<xq>{$arg}(5)"));
        Assert.Equal("5", Json("λ($arg)<-n>{$arg}(5)"));
        Assert.Contains("S0402", Evaluated.Refused("function($arg)<-n>{$arg}(5)"), StringComparison.Ordinal);
        Assert.Contains("S0402", Evaluated.Refused("function($arg)<xq>{$arg}(5)"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[].a", "[]")]
    [InlineData("[nothing].a.b", "[]")]
    [InlineData("[a.x].$uppercase($)", "[]")]
    [InlineData("[nothing].a[]", "[[]]")]
    [InlineData("{\"x\": [nothing].a}", """{"x":[]}""")]
    [InlineData("a.[x].c", "missing")]
    [InlineData("([]).a", "missing")]
    public void Path_FromAnEmptyWrittenList_IsThatList(string text, string expected) => Assert.Equal(expected, Json(text));

    [Fact]
    public void Call_OfNoFunction_IsToldBehindAnErrorOfItsArguments()
    {
        Assert.Equal("T0410", Evaluated.Error("$missed($uppercase(1))", options: Lenient).Code);
        Assert.Equal("T1005", Evaluated.Error("uppercase($uppercase(1))", options: Lenient).Code);
    }

    [Theory]
    [InlineData("$toMillis(\"2018-02-30\", \"[Y]-[M]-[D]\")", "1519948800000")]
    [InlineData("$toMillis(\"2018-13-30\", \"[Y]-[M]-[D]\")", "1548806400000")]
    [InlineData("$toMillis(\"2018-01-00\", \"[Y]-[M]-[D]\")", "1514678400000")]
    [InlineData("$toMillis(\"2018-01-01 25:61\", \"[Y]-[M]-[D] [H]:[m]\")", "1514858460000")]
    [InlineData("$toMillis(\"2018-02-30\")", "1519948800000")]
    [InlineData("$fromMillis(0, \"[H01]:[m01] [Z]\", \"530\")", "\"05:30 +05:30\"")]
    [InlineData("$base64decode(\"aGVsbG86d29yb&Q=\")", "\"hello:worm\"")]
    [InlineData("$base64decode(\"b\")", "\"\"")]
    public void Leniently_DaysRollOverAndForeignSignsArePassed(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("$toMillis(\"20180506\")")]
    [InlineData("$toMillis(\"2018-0506\")")]
    [InlineData("$toMillis(\"2018-01-01+0100\")")]
    public void ToMillis_OfADayThatSeemsToHaveAnOffset_IsAnError(string text)
    {
        Assert.Equal("D3110", Evaluated.Error(text, options: Lenient).Code);
        Assert.Equal("D3110", Evaluated.Error(text).Code);
    }

    [Theory]
    [InlineData("$[a][]{\"k\": a.n}", """{"k":1}""")]
    [InlineData("(false)[][0]{\"k\": $}", """{"k":false}""")]
    public void Group_BehindAFilterThatKeepsAList_IsNoList(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("a.b^(>c).%.n")]
    [InlineData("a.b.$.%.n")]
    public void Parent_BehindASortOrTheContext_IsFoundOnlyByTheHub(string text)
    {
        Assert.Contains("S0217", Evaluated.Refused(text, Lenient), StringComparison.Ordinal);
        Assert.Equal("[1,1]", Evaluated.Json(text, Shop, Lenient with { Strict = true }));
    }

    [Theory]
    [InlineData("[a.b][c=1].c", "missing", "1")]
    [InlineData("[1,2][0].($+1)", "missing", "2")]
    [InlineData("[1,2]#$i.$i", "missing", "[0,1]")]
    [InlineData("([1..3].($))@$v.$v", "missing", "[1,2,3]")]
    public void Path_FromAWrittenList_BindsItsElementsOnlyInTheHub(string text, string lenient, string hub)
    {
        Assert.Equal(lenient, Json(text));
        Assert.Equal(hub, Evaluated.Json(text, Shop, Lenient with { Strict = true }));
    }

    [Fact]
    public void Parent_Called_IsNoFunctionAndNoMissingParent() => Assert.Equal("T1006", Evaluated.Error("%()", "{}", Lenient).Code);

    [Fact]
    public void Wildcard_AloneOverAGroup_TakesTheGroupAsItIs() => Assert.Equal("""{"k":[{"a":1},5,6]}""", Json("{\"k\": *}", """[{"a":1},5,[6]]"""));

    [Fact]
    public void Filter_BehindAPathsGrouping_FiltersBeforeIt() => Assert.Equal("""{"x":1}""", Json("a.b{\"x\": c}[0]", Shop));

    [Theory]
    [InlineData("eo in $.*", true)]
    [InlineData("{} in $.*", false)]
    public void In_OfAnObject_LooksForTheVeryObject(string text, bool expected) => Assert.Equal(expected ? "true" : "false", Json(text, """{"eo":{}}"""));

    [Fact]
    public void PartialApplication_OfATypedFunction_ChecksNothing() => Assert.Equal("\"ok\"", Json("function($s)<s:s>{\"ok\"}(?)(1)"));

    [Fact]
    public void PartialApplication_OfALibraryFunction_TakesNoContext() => Assert.Equal("D3061", Evaluated.Error("$power(?)(2)", "5", Lenient).Code);

    [Fact]
    public void Power_WithoutExponent_IsAnError() => Assert.Equal("D3061", Evaluated.Error("$power(2, nothing)", options: Lenient).Code);

    [Theory]
    [InlineData("\"a\" ~> $contains")]
    [InlineData("1 ~> $pad")]
    public void Chain_IntoAFunctionThatNeedsMore_HasNoContextToTake(string text) => Assert.Equal("T0411", Evaluated.Error(text, options: Lenient).Code);

    [Theory]
    [InlineData("$replace(\"abc\", nothing, \"x\")")]
    [InlineData("$replace(\"abc\", \"b\", nothing)")]
    [InlineData("$split(\"abc\", nothing)")]
    public void PatternFunction_WithoutItsPattern_IsAnErrorNotACrash(string text) => Assert.Equal("T0410", Evaluated.Error(text, options: Lenient).Code);

    [Fact]
    public void Substring_OfALengthFromNowhere_IsEmpty() => Assert.Equal("\"\"", Json("$substring(\"abc\", nothing, 2)"));

    [Fact]
    public void Eval_WithoutItsDollarSign_IsMissed() => Assert.Equal("T1005", Evaluated.Error("eval(\"1\")", options: Lenient).Code);

    [Fact]
    public void FormatBase_OfAFractionalBase_RoundsIt() => Assert.Equal("\"1\"", Json("$formatBase(1, 1.5)"));

    [Fact]
    public void Regex_ThatMatchesNothing_IsAnErrorOnlyWhenItGoesOn()
    {
        Assert.Equal("true", Json("$contains(\"abc\", /x*/)"));
        Assert.Equal("D1004", Evaluated.Error("$match(\"abc\", /x*/)", options: Lenient).Code);
    }

    [Fact]
    public void EscapedQuote_IsNoEscapeOfTheLanguage() => Assert.Contains("S0103", Evaluated.Refused("'it\\'s'"), StringComparison.Ordinal);

    [Fact]
    public void Base64_OfCharactersItCannotHold_IsAnErrorInTheHub()
    {
        Assert.Equal("MAP279", Evaluated.Error("$base64encode(\"王\")").Code);
        Assert.Equal("\"PQ==\"", Json("$base64encode($substring(\"\\ud83d\", 0))"));
    }

    [Fact]
    public void Function_InAnObject_IsLeftOut() => Assert.Equal("""{"a":1}""", Json("{\"a\": 1, \"f\": $sum}"));

    [Theory]
    [InlineData("($x := 5; $eval(\"$x + 1\"))", "6")]
    [InlineData("$map([\"1+1\",\"2+2\"], $eval)", "[2,4]")]
    [InlineData("$eval(\"foo\", {\"foo\":3})", "3")]
    [InlineData("($f := $eval(\"function($n){$n = 0 ? 0 : $f($n - 1)}\"); 1)", "1")]
    public void Eval_SeesWhatStandsAroundIt(string text, string expected) => Assert.Equal(expected, Json(text));

    [Theory]
    [InlineData("$eval(\"1 +\")", "D3120")]
    [InlineData("$eval(\"$foo()\")", "D3121")]
    [InlineData("($f := function(){$eval(\"$f() + 1\")}; $f())", "D1011")]
    public void Eval_ThatFails_SaysHow(string text, string code) => Assert.Equal(code, Evaluated.Error(text, options: Lenient).Code);

    [Fact]
    public void Eval_OfAnUnclosedBracket_SaysWhichLikeAnyExpression() =>
        Assert.EndsWith("expected ) before the end; ( at 1:1 is not closed", Evaluated.Error("$eval(\"(1\")", options: Lenient).Message, StringComparison.Ordinal);

    private static string Json(string text, string? input = Shop) => Evaluated.Json(text, input, Lenient);
}
