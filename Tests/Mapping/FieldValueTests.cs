namespace Tests.Mapping;

/// <summary>What one field makes of one value; the record is always <c>{"x": …}</c>.</summary>
public sealed class FieldValueTests
{
    private static readonly string[] Secret = ["110101", "88887777"];

    [Theory]
    [InlineData("f: x", "268.00", "268.00")]
    [InlineData("f: x", "90071992547409931234567890.10", "90071992547409931234567890.10")]
    [InlineData("f: { from: x, type: decimal }", "\"12.50\"", "12.50")]
    [InlineData("f: { from: x, type: decimal }", "\"-007.50\"", "-7.50")]
    [InlineData("f: { from: x, type: decimal, scale: 2 }", "14", "14.00")]
    [InlineData("f: { from: x, type: decimal, scale: 2 }", "2.345", "2.35")]
    [InlineData("f: { from: x, type: decimal, scale: 2, round: half-even }", "2.345", "2.34")]
    [InlineData("f: { from: x, type: decimal, scale: 2, round: down }", "-2.349", "-2.34")]
    [InlineData("f: { from: x, type: decimal, scale: 2, round: up }", "-2.341", "-2.35")]
    [InlineData("f: { from: x, type: decimal, scale: 2 }", "-0.001", "0.00")]
    [InlineData("f: { from: x, type: decimal, scale: 2 }", "123456789012345678901234567890123", "123456789012345678901234567890123.00")]
    [InlineData("f: { expr: x * 1.1, type: decimal, scale: 1 }", "0.1", "0.1")]
    [InlineData("f: { expr: x / 3, type: decimal, scale: 2 }", "1000", "333.33")]
    [InlineData("f: { expr: x / 3, type: decimal, scale: 2, one_of: [ 333.33 ] }", "1000", "333.33")]
    [InlineData("f: { expr: x * 1.10, type: decimal }", "10", "11")]
    [InlineData("f: { from: x, type: integer }", "12.0", "12")]
    [InlineData("f: { from: x, type: integer }", "\"007\"", "7")]
    [InlineData("f: { from: x, type: integer }", "1e3", "1000")]
    [InlineData("f: { expr: $sqrt(x), type: number }", "2", "1.4142135623731")]
    [InlineData("f: { from: x, type: text }", "12.50", "\"12.50\"")]
    [InlineData("f: { from: x, type: text }", "true", "\"true\"")]
    [InlineData("f: { from: x, type: boolean }", "\"false\"", "false")]
    [InlineData("f: { from: x, type: date }", "\"2024-02-29\"", "\"2024-02-29\"")]
    [InlineData("f: { from: x, type: date, in: [ yyyy-MM-dd, yyyy/M/d ] }", "\"2012/7/1\"", "\"2012-07-01\"")]
    [InlineData("f: { from: x, type: date, in: yyyyMMdd }", "20240229", "\"2024-02-29\"")]
    [InlineData("f: { from: x, trim: true }", "\"　 a b \\t\"", "\"a b\"")]
    [InlineData("f: { from: x, max_length: 2, too_long: cut }", "\"张伟芳\"", "\"张伟\"")]
    [InlineData("f: { from: x, map: { 1: true, \"0\": false } }", "1", "true")]
    [InlineData("f: { from: x, map: { A: open }, else: other }", "\"B\"", "\"other\"")]
    [InlineData("f: { from: x, lookup: uom }", "\"BOX\"", "\"box\"")]
    [InlineData("f: { from: x, lookup: uom, else: none }", "\"?\"", "\"none\"")]
    [InlineData("f: { from: x, map: { A: \"1\" }, type: integer }", "\"A\"", "1")]
    [InlineData("f: { from: x, type: number, one_of: [ 1.5, 2 ] }", "1.50", "1.50")]
    [InlineData("f: { from: x, null: keep }", "null", "null")]
    [InlineData("f: { from: x, null: keep, map: { A: null } }", "\"A\"", "null")]
    [InlineData("f: { from: x, default: 0 }", "null", "0")]
    [InlineData("f: { from: x, default: 0, empty_as: missing }", "\"\"", "0")]
    [InlineData("f: x", "\"\"", "\"\"")]
    [InlineData("f: { from: x, type: binary, max_length: 3 }", "\"AP8B\"", "\"AP8B\"")]
    [InlineData("f: { from: x, type: integer, on_error: default, default: 0 }", "7", "7")]
    public void Value_ThatFits_IsWritten(string field, string value, string written) =>
        Assert.Equal($$"""{"f":{{written}}}""", Mapped.Run(field, $$"""{"x":{{value}}}"""));

    [Theory]
    [InlineData("f: { from: x, type: binary }", "\"AP8\"", "DAT356: f: \"AP8\" is not base64")]
    [InlineData("f: { from: x, type: binary }", "7", "DAT356: f: 7 is not base64")]
    [InlineData("f: { from: x, type: binary, max_length: 2 }", "\"AP8B\"", "DAT357: f: 3 bytes, 2 are allowed")]
    [InlineData("f: { from: x, type: decimal }", "\"1,299.00\"", "DAT310: f: \"1,299.00\" is not a number")]
    [InlineData("f: { from: x, type: decimal }", "\"\"", "DAT310: f: \"\" is not a number")]
    [InlineData("f: { from: x, type: number }", "true", "DAT310: f: true is not a number")]
    [InlineData("f: { from: x, type: number }", "\"1e999\"", "DAT310: f: \"1e999\" is not a number")]
    [InlineData("f: { expr: $sqrt(x), type: decimal }", "2", "DAT312: f: 1.4142135623731 is not exact: it was computed in binary or has too many digits")]
    [InlineData("f: { from: x, type: integer }", "1.5", "DAT314: f: 1.5 is not a whole number")]
    [InlineData("f: { from: x, type: boolean }", "\"Y\"", "DAT315: f: \"Y\" is neither true nor false")]
    [InlineData("f: { from: x, type: boolean }", "1", "DAT315: f: 1 is neither true nor false")]
    [InlineData("f: { from: x, type: date }", "\"2024-02-30\"", "DAT311: f: \"2024-02-30\" is not a date (2024-02 has 29 days); expected yyyy-MM-dd")]
    [InlineData("f: { from: x, type: date }", "\"soon\"", "DAT316: f: \"soon\" is not a date; expected yyyy-MM-dd")]
    [InlineData("f: { from: x, type: instant, in: yyyy-MM-dd HH:mm, zone: America/New_York }", "\"2024-03-10 02:30\"", "DAT313: f: \"2024-03-10 02:30\" does not exist in America/New_York (clocks go forward)")]
    [InlineData("f: { from: x, map: { APPROVED: won, LOST: lost } }", "\"APROVED\"", "DAT320: f: \"APROVED\" is not in the map (APPROVED, LOST); did you mean \"APPROVED\"?")]
    [InlineData("f: { from: x, lookup: uom }", "\"PCX\"", "LKP401: f: \"PCX\" is not in the lookup uom; did you mean \"PCS\"?")]
    [InlineData("f: { from: x, one_of: [ open, won ] }", "\"wom\"", "DAT321: f: \"wom\" is not one of open, won; did you mean \"won\"?")]
    [InlineData("f: { from: x, max_length: 2 }", "\"张伟芳\"", "DAT330: f: 3 characters, 2 are allowed")]
    [InlineData("f: { from: x, pattern: \"[0-9]+\" }", "\"12a\"", "DAT331: f: \"12a\" does not match [0-9]+")]
    [InlineData("f: { from: x, type: text }", "{}", "DAT323: f: an object is no single text, number or boolean")]
    [InlineData("f: { from: x, map: { A: b } }", "[1]", "DAT323: f: a list of 1 is no single text, number or boolean")]
    [InlineData("f: x", "null", "DAT303: f: no value: found null")]
    [InlineData("f: { from: x, empty_as: missing }", "\"\"", "DAT304: f: no value: the text is empty")]
    public void Value_ThatDoesNotFit_IsAnErrorAtItsPlace(string field, string value, string line)
    {
        var place = field.Contains("expr", StringComparison.Ordinal) ? "1:1" : "1:6";

        Assert.Equal($"message:{place}: error {line}", Mapped.Run(field, $$"""{"x":{{value}}}"""));
    }

    [Fact]
    public void Expression_WithoutAResult_IsQuoted() =>
        Assert.Equal("message:1:1: error DAT302: f: no value: x[y = 1] gives none", Mapped.Run("f: = x[y = 1]", """{"x":1}"""));

    [Fact]
    public void MissingField_NotRequired_IsLeftOut() => Assert.Equal("{}", Mapped.Run("f: { from: q, required: false }", "{}"));

    [Fact]
    public void RequiredByDefault_MayBeTurnedOffForTheFile() => Assert.Equal("{}", Mapped.Run("f: q", "{}", "defaults: { required: false }"));

    [Fact]
    public void BadValue_Dropped_IsAWarning() =>
        Assert.Equal("""{"g":1}""" + "\nmessage:1:6: warning DAT310: f: \"a\" is not a number", Mapped.Run("f: { from: x, type: number, on_error: drop }\ng: { const: 1 }", """{"x":"a"}"""));

    [Fact]
    public void BadValue_Replaced_IsAWarning() =>
        Assert.Equal("""{"f":0}""" + "\nmessage:1:6: warning DAT310: f: \"a\" is not a number", Mapped.Run("f: { from: x, type: number, on_error: default, default: 0 }", """{"x":"a"}"""));

    [Fact]
    public void MissingValue_OfADroppingField_IsStillAnError() =>
        Assert.Equal("message:1:1: error DAT301: f: no value: q is missing; the object has name", Mapped.Run("f: { from: q, on_error: drop }", """{"name":"a"}"""));

    [Theory]
    [InlineData("f: { from: x, pattern: \"[a-z]+\", secret: true }")]
    [InlineData("f: { from: x, type: date, secret: true }")]
    [InlineData("f: { from: x, map: { \"ab\": a }, secret: true }")]
    [InlineData("f: { from: x, lookup: uom, secret: true }")]
    [InlineData("f: { from: x, one_of: [ \"ab\" ], secret: true }")]
    [InlineData("f: { expr: \"$number('a' & x)\", secret: true }")]
    [InlineData("f: { expr: \"$error('no ' & x)\", secret: true }")]
    [InlineData("f: { expr: \"$table('uom', x)\", secret: true }")]
    public void SecretValue_NeverShows(string field)
    {
        var plan = Mapped.Plan(Mapped.Fields(field));

        var finding = Mapped.Result(plan, """{"x":"11010188887777"}""", out _).Findings.Single();

        Assert.Contains("(value hidden)", finding.ToString(), StringComparison.Ordinal);
        Assert.All(Secret, part => Assert.DoesNotContain(part, finding.ToString() + finding.Fix() + string.Join(' ', finding.Arguments.Where(a => a.Key != "known").Select(a => a.Value)), StringComparison.Ordinal));
    }

    [Fact]
    public void SecretValue_InALet_NeverShows() =>
        Assert.DoesNotContain("11010188887777", Mapped.Run("f: { expr: $id, secret: true }", """{"x":"11010188887777"}""", "let:\n  raw: = $number(\"a\" & x)\n  id: = $raw"), StringComparison.Ordinal);
}
