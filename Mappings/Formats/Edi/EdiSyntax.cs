namespace Mappings.Formats.Edi;

/// <summary>The characters that part an interchange.</summary>
/// <param name="Release">Takes the meaning off the character behind it; 0 for none (X12).</param>
/// <param name="Repetition">Between repetitions of an element; 0 for none.</param>
/// <param name="DecimalMark">The decimal point of numbers.</param>
internal sealed record EdiSyntax(byte Element, byte Component, byte Release, byte Repetition, byte Terminator, byte DecimalMark)
{
    /// <summary>Length of <c>UNA</c> with its six characters.</summary>
    public const int UnaLength = 9;

    /// <summary>Length of an ISA segment with its terminator; all its elements have fixed widths (X12.5).</summary>
    public const int IsaLength = 106;

    /// <summary>What holds without a UNA (ISO 9735, level A).</summary>
    public static EdiSyntax Edifact { get; } = new((byte)'+', (byte)':', (byte)'?', 0, (byte)'\'', (byte)'.');

    /// <param name="una">The whole segment.</param>
    /// <returns>Null when the characters do not differ from each other.</returns>
    public static EdiSyntax? FromUna(ReadOnlySpan<byte> una)
    {
        var repetition = una[7] == ' ' ? (byte)0 : una[7];
        var release = una[6] == ' ' ? (byte)0 : una[6];
        return new EdiSyntax(una[4], una[3], release, repetition, una[8], una[5]).Checked();
    }

    /// <param name="isa">The whole segment.</param>
    /// <returns>Null when the characters do not differ from each other, or the elements are not as wide as they have to be.</returns>
    public static EdiSyntax? FromIsa(ReadOnlySpan<byte> isa)
    {
        var element = isa[3];
        if (isa[..(IsaLength - 1)].Count(element) != 16 || isa[103] != element) return null;

        // Before release 00402 the place of the repetition separator said which standards body rules, with the letter U.
        var repetition = char.IsAsciiLetterOrDigit((char)isa[82]) || isa[82] == ' ' ? (byte)0 : isa[82];
        return new EdiSyntax(element, isa[104], 0, repetition, isa[105], (byte)'.').Checked();
    }

    private EdiSyntax? Checked()
    {
        ReadOnlySpan<byte> all = [Element, Component, Terminator, Release, Repetition];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] is 0 && i > 2) continue;
            if (!char.IsAscii((char)all[i]) || char.IsAsciiLetterOrDigit((char)all[i]) || all[i] is 0 || all[..i].Contains(all[i])) return null;
        }

        return DecimalMark is (byte)'.' or (byte)',' ? this : null;
    }
}
