using System.Diagnostics.CodeAnalysis;

namespace Hub.Abstractions.Messages;

/// <summary>
/// Identity of a journal message: 63 bits that grow with the order of acceptance (41 bits of milliseconds since 2020,
/// 22 bits of sequence), written as 13 characters of Crockford's base 32, so that text order is id order.
/// </summary>
/// <param name="Value">The id as stored; positive, 0 for none.</param>
public readonly record struct MessageId(long Value) : IComparable<MessageId>
{
    /// <summary>Length of the text form.</summary>
    public const int TextLength = 13;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>No message.</summary>
    public static MessageId None => default;

    /// <summary>Reads the text form; case does not matter, I and L read as 1, O as 0.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        id = default;
        if (text is null || text.Length != TextLength) return false;
        ulong value = 0;
        foreach (var character in text)
        {
            var upper = char.ToUpperInvariant(character) switch { 'I' or 'L' => '1', 'O' => '0', var c => c };
            var digit = Alphabet.IndexOf(upper, StringComparison.Ordinal);
            if (digit < 0 || value >> 59 != 0) return false;
            value = (value << 5) | (uint)digit;
        }

        if (value > long.MaxValue) return false;
        id = new MessageId((long)value);
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    /// <summary>The 13 characters of the text form.</summary>
    public override string ToString() => string.Create(TextLength, Value, static (text, value) =>
    {
        for (var i = TextLength - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
    });

    /// <summary>Order of acceptance.</summary>
    public static bool operator <(MessageId left, MessageId right) => left.Value < right.Value;

    /// <summary>Order of acceptance.</summary>
    public static bool operator >(MessageId left, MessageId right) => left.Value > right.Value;

    /// <summary>Order of acceptance.</summary>
    public static bool operator <=(MessageId left, MessageId right) => left.Value <= right.Value;

    /// <summary>Order of acceptance.</summary>
    public static bool operator >=(MessageId left, MessageId right) => left.Value >= right.Value;
}
