using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mappings.Documents;
using Mappings.Expressions.Runtime;
using Mappings.Formats.Json;

namespace Mappings.Expressions;

/// <summary>
/// One value of an expression: a node of a tape, or something computed. 32 bytes; numbers are never boxed.
/// A tape node is valid as long as its tape.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[DebuggerDisplay("{Kind} {ToString(),nq}")]
public readonly struct Value
{
    internal readonly object? Ref;
    internal readonly long Lo;
    internal readonly long Hi;
    internal readonly int Node;
    internal readonly Tag Tag;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Value(Tag tag, object? reference, int node = 0, long lo = 0, long hi = 0)
    {
        Ref = reference;
        Lo = lo;
        Hi = hi;
        Node = node;
        Tag = tag;
    }

    internal Value(decimal number)
    {
        var bits = Unsafe.BitCast<decimal, DecimalBits>(number);
        Tag = Tag.Decimal;
        Lo = bits.Lo;
        Hi = bits.Hi;
    }

    /// <summary>No value at all; the default.</summary>
    public static Value Missing => default;

    public static Value Null => new(Tag.Null, null);

    public ValueKind Kind => Kinds[(int)Tag];

    public bool IsMissing => Tag == Tag.Missing;

    public bool IsNull => Tag == Tag.Null;

    public bool IsBoolean => Tag is Tag.False or Tag.True;

    public bool IsTrue => Tag == Tag.True;

    public bool IsNumber => Tag is >= Tag.Decimal and <= Tag.RawNumber;

    public bool IsText => Tag is Tag.TapeText or Tag.String;

    public bool IsArray => Tag is Tag.TapeArray or Tag.Seq;

    public bool IsObject => Tag is Tag.TapeObject or Tag.Map;

    public bool IsFunction => Tag == Tag.Function;

    /// <summary>
    /// True when a path or filter met several values: a list that no document and no constructor spelt out.
    /// Where one value is wanted this is the "may be many" mistake; <c>each</c> takes it as its list.
    /// </summary>
    public bool IsSequenceOfMany => Tag == Tag.Seq && Unsafe.As<Seq>(Ref!) is { IsSequence: true, Count: > 1 };

    /// <summary>Elements of an array or members of an object; 0 for everything else.</summary>
    public int Count => Tag switch
    {
        Tag.TapeArray or Tag.TapeObject => Tape.Count(Node),
        Tag.Seq => Seq.Count,
        Tag.Map => Map.Count,
        _ => 0,
    };

    /// <summary>The kind of each <see cref="Runtime.Tag"/>, in its order.</summary>
    private static ReadOnlySpan<ValueKind> Kinds =>
    [
        ValueKind.Missing, ValueKind.Null, ValueKind.Boolean, ValueKind.Boolean, ValueKind.Number, ValueKind.Number, ValueKind.Number, ValueKind.Number,
        ValueKind.Text, ValueKind.Text, ValueKind.Array, ValueKind.Array, ValueKind.Object, ValueKind.Object, ValueKind.Function, ValueKind.Function,
    ];

    /// <summary>The tag of each <see cref="NodeKind"/>, in its order.</summary>
    private static ReadOnlySpan<Tag> Tags => [Tag.Null, Tag.False, Tag.True, Tag.RawNumber, Tag.TapeText, Tag.TapeArray, Tag.TapeObject];

    internal Tape Tape => Unsafe.As<Tape>(Ref!);

    internal Seq Seq => Unsafe.As<Seq>(Ref!);

    internal Map Map => Unsafe.As<Map>(Ref!);

    internal string Text => Unsafe.As<string>(Ref!);

    internal FunctionValue Function => Unsafe.As<FunctionValue>(Ref!);

    internal decimal Decimal => Unsafe.BitCast<DecimalBits, decimal>(new DecimalBits(Lo, Hi));

    internal double Double => BitConverter.Int64BitsToDouble(Lo);

    internal BigInteger Big => (BigInteger)Ref!;

    public static Value FromBoolean(bool value) => new(value ? Tag.True : Tag.False, null);

    public static Value FromNumber(decimal value) => new(value);

    public static Value FromNumber(long value) => Digits.Of(value < 0 ? 0 - (ulong)value : (ulong)value, 0, value < 0).ToValue();

    /// <summary>A binary number; whole and short ones become decimal, so that they compare and print exactly.</summary>
    public static Value FromNumber(double value) => Numbers.FromDouble(value);

    public static Value FromText(string? value) => value is null ? Null : new Value(Tag.String, value);

    /// <summary>A list that stays a list, whatever its length.</summary>
    public static Value FromItems(IEnumerable<Value> items)
    {
        var list = new Seq(SeqFlags.None);
        foreach (var item in items) list.Add(item);
        return new Value(Tag.Seq, list);
    }

    /// <summary>An object with its members in the given order; a later member of the same name replaces the earlier one.</summary>
    public static Value FromMembers(IEnumerable<KeyValuePair<string, Value>> members)
    {
        var map = new Map();
        foreach (var (name, value) in members) map.Set(name, value);
        return new Value(Tag.Map, map);
    }

    /// <summary>A node of a tape; the node must not be a member name.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value FromTape(Tape tape, int node)
    {
        var kind = (int)tape.Kind(node);
        if (kind >= (int)NodeKind.Name) throw new ArgumentOutOfRangeException(nameof(node), node, "A member name is no value.");
        return new Value(Tags[kind], tape, node);
    }

    /// <summary>The tape node this value stands for; false when it was computed.</summary>
    public bool TryGetNode(out Tape tape, out int node)
    {
        tape = (Ref as Tape)!;
        node = Node;
        return tape is not null;
    }

    /// <summary>The characters of a text, "true", "false", "null", or a number as it prints; null for everything else.</summary>
    public string? AsText() => Tag switch
    {
        Tag.String => Text,
        Tag.TapeText => Texts.Decode(Tape.Utf8(Node)),
        Tag.RawNumber => Texts.Decode(Tape.Utf8(Node)),
        Tag.Decimal or Tag.Double or Tag.Big => Numbers.ToText(this),
        Tag.True => "true",
        Tag.False => "false",
        Tag.Null => "null",
        _ => null,
    };

    /// <summary>The exact decimal; false for other kinds and for numbers beyond 28 digits or the decimal's range.</summary>
    public bool TryGetDecimal(out decimal number)
    {
        var value = Tag == Tag.RawNumber ? Numbers.Parse(Tape.Utf8(Node)) : this;
        number = value.Tag == Tag.Decimal ? value.Decimal : 0;
        return value.Tag == Tag.Decimal;
    }

    /// <summary>The number as a double; NaN for other kinds.</summary>
    public double AsDouble() => IsNumber ? Numbers.ToDouble(this) : double.NaN;

    /// <summary>The digits of a number that was only copied, byte for byte as the sender wrote them; empty for computed numbers.</summary>
    public ReadOnlySpan<byte> RawNumber => Tag == Tag.RawNumber ? Tape.Utf8(Node) : default;

    /// <summary>The unescaped UTF-8 of a text that stands on a tape; false when the text was computed.</summary>
    public bool TryGetUtf8(out ReadOnlySpan<byte> utf8)
    {
        utf8 = Tag == Tag.TapeText ? Tape.Utf8(Node) : default;
        return Tag == Tag.TapeText;
    }

    /// <summary>True when <see cref="TryGetUtf8"/>'s bytes stood without any escape in the input, so that they may be copied into JSON.</summary>
    public bool IsVerbatimText => Tag == Tag.TapeText && Tape.IsVerbatim(Node);

    /// <summary>A member of an object by name; missing when there is none or this is no object.</summary>
    public Value Member(string name) => Tag switch
    {
        Tag.TapeObject => Paths.Find(this, new PathName(name)),
        Tag.Map => Map.Get(name),
        _ => default,
    };

    /// <summary>The elements of an array; a value that is no array is its own only element, a missing value has none.</summary>
    public ItemCursor Items() => new(this);

    /// <summary>The members of an object in their order; none for other kinds.</summary>
    public MemberCursor Members() => new(this);

    /// <summary>Writes the value as JSON. Copied numbers and texts keep their bytes. Members that are missing or functions are left out; elsewhere these are null.</summary>
    public void WriteTo(Utf8JsonOutput output) => ValueJson.Write(output, this);

    /// <summary>The value as JSON text, for people and tests.</summary>
    public override string ToString()
    {
        if (IsMissing) return "missing";
        if (IsFunction) return "function";
        using var output = new Utf8JsonOutput();
        WriteTo(output);
        return System.Text.Encoding.UTF8.GetString(output.Written);
    }

    internal readonly record struct DecimalBits(long Lo, long Hi);
}
