using System.Text;
using System.Text.Json;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;

namespace Tests.Claims;

public sealed class HeadFieldsTests
{
    [Theory]
    [InlineData("""{"header":{"no":"A1","at":{"day":7}},"lines":[1]}""", "header.no header.at.day", """{"header":{"no":"A1","at":{"day":7}}}""")]
    [InlineData("""{"lines":[{"no":"B"}],"no":"A"}""", "no", """{"no":"A"}""")]
    [InlineData("""{"no":"A","text":"cut off he""", "no text", """{"no":"A"}""")]
    [InlineData("""{"no":12""", "no", "{}")]
    [InlineData("""{"no":"A",,,""", "no", """{"no":"A"}""")]
    [InlineData("""{"no":{"x":1}}""", "no", "{}")]
    [InlineData("""{"no":null,"yes":true}""", "no yes", """{"no":null,"yes":true}""")]
    [InlineData("""{"claim":"mine","no":1}""", "claim no", """{"no":1}""")]
    [InlineData("""{"a":{"b":1},"c":{"b":2}}""", "c.b", """{"c":{"b":2}}""")]
    [InlineData("<order/>", "no", "{}")]
    [InlineData("", "no", "{}")]
    public void Fields_OfAHead_StandWhereTheyStoodInThePayload(string head, string fields, string expected)
    {
        var claim = new ClaimReference(new MessageId(1), 5, "00", string.Empty);

        var document = ClaimDocument.Write(claim, "body", MessageAttributes.None, Encoding.UTF8.GetBytes(head), fields.Split(' '));

        var members = JsonDocument.Parse(document).RootElement.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Object || m.Name != "claim");
        Assert.Equal(expected, "{" + string.Join(",", members.Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}")) + "}");
    }
}
