using System.Text;
using Mappings.Formats.Json;
using Xunit;

namespace Tests.Formats;

/// <summary>A member written in one step is what its name and its value written one after the other are, whatever their lengths.</summary>
public sealed class JsonMemberTests
{
    [Fact]
    public void Member_InOneStep_IsNameAndValue()
    {
        for (var length = 0; length < 100; length++)
        {
            var (name, text) = (new JsonName(new string('n', length)), Encoding.UTF8.GetBytes(new string('t', 99 - length)));
            Assert.Equal(
                Written(o =>
                {
                    o.Name(name);
                    o.VerbatimText(text);
                    o.Name(name);
                    o.Raw("12.50"u8);
                    o.Name(name);
                    o.VerbatimText(text);
                }),
                Written(o =>
                {
                    o.VerbatimMember(name, text);
                    o.RawMember(name, "12.50"u8);
                    o.VerbatimMember(name, text);
                }));
        }
    }

    [Fact]
    public void Name_WithEscapes_IsEscapedOnce() =>
        Assert.Equal("{\"a\\\"b\\n\":1,\"a\\\"b\\n\":\"x\"}", Written(o =>
        {
            o.RawMember(new JsonName("a\"b\n"), "1"u8);
            o.VerbatimMember(new JsonName("a\"b\n"), "x"u8);
        }));

    private static string Written(Action<Utf8JsonOutput> members)
    {
        // The smallest buffer: each member makes it grow.
        using var output = new Utf8JsonOutput(1);
        output.StartObject();
        members(output);
        output.EndObject();
        return Encoding.UTF8.GetString(output.Written);
    }
}
