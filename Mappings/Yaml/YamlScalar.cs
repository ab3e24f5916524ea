using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>A text in a YAML file. All scalars are text here; <see cref="FieldKind"/>s decide what a text means.</summary>
public sealed class YamlScalar : YamlNode
{
    private readonly LineTable? _source;
    private readonly int _start;
    private readonly int _end;
    private int[]? _offsets;

    internal YamlScalar(string value, YamlScalarStyle style, LineTable source, string file, int start, int end)
        : base(source.PositionOf(file, ScalarOffsets.ContentStart(source.Text, start, value, style)))
    {
        Value = value;
        Style = style;
        _source = source;
        _start = start;
        _end = end;
    }

    private YamlScalar(string value, YamlScalar original, bool referenced)
        : base(original.Position)
    {
        Value = value;
        Style = original.Style;
        IsReferenced = referenced;
    }

    public string Value { get; }

    public YamlScalarStyle Style { get; }

    public bool IsPlain => Style == YamlScalarStyle.Plain;

    public bool IsBlock => Style is YamlScalarStyle.Literal or YamlScalarStyle.Folded;

    /// <summary>A plain scalar that goes over several lines, which YAML joins with spaces.</summary>
    public bool IsFoldedPlain => IsPlain && _source is not null && _source.Text.AsSpan(_start, _end - _start).TrimEnd().IndexOfAny("\n\r") >= 0;

    /// <summary>Nothing was written: <c>key:</c> without a value.</summary>
    public bool IsEmpty => IsPlain && Value.Length == 0;

    /// <summary>The value came from the environment or a file by <c>${…}</c>: it is treated as a secret and never printed.</summary>
    public bool IsReferenced { get; }

    /// <summary>
    /// Text behind " #" on the line of a plain scalar, which YAML drops as a comment, without the "#";
    /// null when there is none.
    /// </summary>
    public string? TrailingComment => IsPlain && _source is not null ? ScalarOffsets.TrailingComment(_source.Text, _end) : null;

    /// <summary>
    /// The place in the file of a character of <see cref="Value"/>. Doubled quotes, escapes, folded lines and the
    /// indentation of blocks are counted by reading the source text again.
    /// </summary>
    /// <param name="offset">Offset in <see cref="Value"/>, in UTF-16 units; <c>Value.Length</c> gives the place behind the last character.</param>
    public SourcePosition PositionAt(int offset)
    {
        if (_source is null) return Position;
        _offsets ??= ScalarOffsets.Map(_source.Text, _start, _end, Value, Style);
        return _source.PositionOf(Position.File, _offsets[Math.Clamp(offset, 0, Value.Length)]);
    }

    /// <summary>The same place with a value that was taken from outside the file.</summary>
    internal YamlScalar WithReferencedValue(string value) => new(value, this, referenced: true);

    internal YamlScalar WithValue(string value) => new(value, this, referenced: false);

    public override string ToString() => Value;
}
