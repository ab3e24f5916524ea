using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>Turns offsets of a text into lines and columns. Lines end where YamlDotNet ends them, so that its marks agree.</summary>
internal sealed class LineTable
{
    private readonly List<int> _starts = [0];

    public LineTable(string text)
    {
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBreak(text[i])) continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            _starts.Add(i + 1);
        }
    }

    public string Text { get; }

    public int Count => _starts.Count;

    public static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>The text of a line (from 1) without its end.</summary>
    public string Line(int line)
    {
        if (line < 1 || line > _starts.Count) return string.Empty;
        var end = line < _starts.Count ? _starts[line] : Text.Length;
        while (end > _starts[line - 1] && IsBreak(Text[end - 1])) end--;
        return Text[_starts[line - 1]..end];
    }

    public int OffsetOf(long line, long column)
    {
        var index = (int)Math.Clamp(line, 1, _starts.Count) - 1;
        return Math.Min(Text.Length, _starts[index] + (int)Math.Max(0, column - 1));
    }

    public SourcePosition PositionOf(string file, int offset)
    {
        var index = _starts.BinarySearch(offset);
        if (index < 0) index = ~index - 1;
        return new SourcePosition(file, index + 1, offset - _starts[index] + 1);
    }
}
