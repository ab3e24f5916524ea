using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>Where an expression's text stands in its file, so that an offset in the expression becomes a place an editor can jump to.</summary>
public sealed class ExpressionOrigin
{
    private readonly string _file;
    private readonly (int Line, int Column)[] _lineStarts;
    private readonly int[] _offsets;

    private ExpressionOrigin(string file, (int Line, int Column)[] lineStarts, int[] offsets)
    {
        _file = file;
        _lineStarts = lineStarts;
        _offsets = offsets;
    }

    /// <summary>An expression that stands in no file.</summary>
    public static ExpressionOrigin None { get; } = At("expression", 1, 1);

    /// <summary>The text stands in the file as it is, its first character at the given place. Line breaks inside it count on from there.</summary>
    public static ExpressionOrigin At(string file, int line, int column) => new(file, [(line, column)], [0]);

    /// <summary>A text put together from several places of the file, such as a YAML block whose indentation was taken away.</summary>
    /// <param name="lineStarts">The place in the file of each piece.</param>
    /// <param name="offsets">The offset in the expression's text where each piece begins; ascending, the first 0.</param>
    public static ExpressionOrigin Lines(string file, (int Line, int Column)[] lineStarts, int[] offsets)
    {
        if (lineStarts.Length != offsets.Length || offsets.Length == 0 || offsets[0] != 0)
        {
            throw new ArgumentException("Each piece needs its place and its offset, the first offset being 0.", nameof(offsets));
        }

        return new ExpressionOrigin(file, lineStarts, offsets);
    }

    /// <summary>The place of a character of <paramref name="text"/>.</summary>
    public SourcePosition Locate(string text, int offset)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var piece = Array.BinarySearch(_offsets, offset);
        if (piece < 0) piece = ~piece - 1;
        var (line, column) = _lineStarts[piece];
        for (var i = _offsets[piece]; i < offset; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                column = 1;
            }
            else if (!char.IsLowSurrogate(text[i])) column++;
        }

        return new SourcePosition(_file, line, column);
    }
}
