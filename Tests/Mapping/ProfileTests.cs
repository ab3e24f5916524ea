namespace Tests.Mapping;

public sealed class ProfileTests
{
    private const string Grouped = "f: { expr: \"$string(lines{sku: qty})\" }";

    [Fact]
    public void Profile_Hub_RefusesTheRestOfTheLanguage() =>
        Assert.Contains("MAP271", Assert.Single(Mapped.Wrong(Mapped.Fields(Grouped))), StringComparison.Ordinal);

    [Fact]
    public void Profile_Full_AllowsAllOfIt() =>
        Assert.Equal("""{"f":"{\"A\":2}"}""", Mapped.Run(Grouped, """{"lines":[{"sku":"A","qty":2}]}""", "profile: full\n"));
}
