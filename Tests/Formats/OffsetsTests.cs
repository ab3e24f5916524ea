using Mappings.Documents;

namespace Tests.Formats;

public sealed class OffsetsTests
{
    [Fact]
    public void ByteOrderMark_AtTheStartOfTheFile_CountsAsNoColumn() =>
        Assert.Equal((1, 2), Offsets.ToLineAndColumn("\uFEFFxy"u8, 4));

    [Fact]
    public void ByteOrderMark_AtTheStartOfALaterPiece_IsACharacterLikeAnyOther() =>
        Assert.Equal((2, 12), Offsets.ToLineAndColumn("\uFEFFxy"u8, 4, 2, 10));
}
