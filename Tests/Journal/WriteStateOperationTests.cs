using Hub.Core.Journal;

namespace Tests.Journal;

public sealed class WriteStateOperationTests
{
    [Theory]
    [InlineData("", "k", 0, true)]
    [InlineData("kind", "", 0, true)]
    [InlineData("kind", "k", -1, true)]
    [InlineData("kind", "k", 0, false)]
    [InlineData("kind", "a\0b", 0, true)]
    public void Write_ThatNoStoreCouldKeep_IsRefusedBeforeItIsCommitted(string kind, string key, long expected, bool body) =>
        Assert.ThrowsAny<ArgumentException>(() => new WriteStateOperation(kind, key, expected, body ? (ReadOnlyMemory<byte>?)ReadOnlyMemory<byte>.Empty : null, default));

    [Fact]
    public void Write_WithHalfASurrogatePair_IsRefusedBecauseItHasNoUtf8Form() =>
        Assert.ThrowsAny<ArgumentException>(() => new WriteStateOperation("kind", "order-\uD83D", 0, ReadOnlyMemory<byte>.Empty, default));

    [Fact]
    public void Write_WithAKeyThatIsTooLong_IsRefusedByItsBytes()
    {
        var longest = new string('单', WriteStateOperation.LongestKey / 3);

        Assert.Equal(longest, new WriteStateOperation("kind", longest, 0, ReadOnlyMemory<byte>.Empty, default).Key);
        Assert.Throws<ArgumentException>(() => new WriteStateOperation("kind", longest + "单", 0, ReadOnlyMemory<byte>.Empty, default));
    }
}
