using Mappings.Diagnostics;
using Xunit;

namespace Tests.Expressions;

public sealed class NameSuggestionTests
{
    [Theory]
    [InlineData("skuu", "sku")]
    [InlineData("requird", "required")]
    [InlineData("stgae", "stage")]
    [InlineData("ORDERNO", "orderNo")]
    [InlineData("qyt", "qty")]
    [InlineData("abcd", null)]
    [InlineData("pricxyz", null)]
    public void Closest_WithinTheDistance_IsFound(string name, string? expected) =>
        Assert.Equal(expected, NameSuggestion.Closest(name, ["sku", "required", "stage", "orderNo", "qty", "price"]));
}
