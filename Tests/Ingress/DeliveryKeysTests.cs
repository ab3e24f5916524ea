using Hub.Core.Ingress;

namespace Tests.Ingress;

public sealed class DeliveryKeysTests
{
    [Fact]
    public void Key_OfAPlainEventId_IsReadable() => Assert.Equal("orders.4711-a_b", DeliveryKeys.Of("orders", "e:4711-a_b"));

    [Theory]
    [InlineData("e:erp|4711")]
    [InlineData("e:a/b")]
    [InlineData("e:a.b")]
    [InlineData("e:订单")]
    [InlineData("c:lane:hash")]
    [InlineData("h:hash")]
    public void Key_OfAnythingElse_IsAHash(string dedupeKey)
    {
        var key = DeliveryKeys.Of("orders", dedupeKey);

        Assert.Matches("^[0-9a-f]{32}$", key);
        Assert.Equal(key, DeliveryKeys.Of("orders", dedupeKey));
        Assert.NotEqual(key, DeliveryKeys.Of("orders2", dedupeKey));
        Assert.NotEqual(key, DeliveryKeys.Of("orders", dedupeKey + "x"));
    }

    [Fact]
    public void Key_OfALongEventId_IsAHash() => Assert.Equal(32, DeliveryKeys.Of("orders", "e:" + new string('a', 500)).Length);
}
