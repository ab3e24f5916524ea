namespace Mappings.Yaml;

/// <summary>
/// Where each character of a scalar's value stands in the file. YamlDotNet marks only the start and the end of a
/// scalar (of a block: its <c>|</c>), so the source text is read again, side by side with the value.
/// </summary>
internal static class ScalarOffsets
{
    public static int ContentStart(string text, int start, string value, YamlScalarStyle style) => style switch
    {
        YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted => value.Length == 0 ? start : start + 1,
        YamlScalarStyle.Literal or YamlScalarStyle.Folded => value.Length == 0 ? start : Block(text, start, text.Length, value)[0],
        _ => start,
    };

    /// <summary>One offset for each character of the value, and one more for the place behind the last.</summary>
    public static int[] Map(string text, int start, int end, string value, YamlScalarStyle style) => style switch
    {
        YamlScalarStyle.Literal or YamlScalarStyle.Folded => Block(text, start, end, value),
        YamlScalarStyle.Plain => Flow(text, start, end, value, '\0'),
        YamlScalarStyle.SingleQuoted => Flow(text, start + 1, end - 1, value, '\''),
        _ => Flow(text, start + 1, end - 1, value, '"'),
    };

    public static string? TrailingComment(string text, int end)
    {
        var i = end;
        while (i < text.Length && text[i] is ' ' or '\t') i++;
        if (i >= text.Length || text[i] != '#' || i == 0 || text[i - 1] is not (' ' or '\t')) return null;
        var stop = i + 1;
        while (stop < text.Length && !LineTable.IsBreak(text[stop])) stop++;
        return text[(i + 1)..stop];
    }

    private static int[] Flow(string text, int start, int end, string value, char quote)
    {
        var map = new int[value.Length + 1];
        var at = start;
        for (var i = 0; i < value.Length;)
        {
            if (at >= end)
            {
                map[i++] = end;
                continue;
            }

            var (length, written) = Piece(text, at, end, value, i, quote);
            var step = length == written ? 1 : 0;
            for (var k = 0; k < written && i + k < value.Length; k++) map[i + k] = Math.Min(at + (k * step), end);
            at += length;
            i += written;
        }

        map[value.Length] = Math.Min(at, end);
        return map;
    }

    /// <summary>How many characters of the source make how many of the value; white space is taken as one piece.</summary>
    private static (int Length, int Written) Piece(string text, int at, int end, string value, int offset, char quote)
    {
        var white = WhiteEnd(text, at, end);
        if (white < end && LineTable.IsBreak(text[white])) return Fold(text, at, end, value, offset);
        if (white > at) return (white - at, white - at);
        if (quote == '\'' && text[at] == '\'') return (2, 1);
        return quote == '"' && text[at] == '\\' ? Escape(text, at, end) : (1, 1);
    }

    private static int WhiteEnd(string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t') at++;
        return at;
    }

    /// <summary>White space with line ends in it: one line end is one space in the value, each further one a "\n".</summary>
    private static (int Length, int Written) Fold(string text, int at, int end, string value, int offset)
    {
        var stop = at;
        while (stop < end && (text[stop] is ' ' or '\t' || LineTable.IsBreak(text[stop]))) stop++;
        var written = 0;
        while (offset + written < value.Length && LineTable.IsBreak(value[offset + written])) written++;
        if (written == 0 && offset < value.Length && value[offset] == ' ') written = 1;
        return (stop - at, written);
    }

    private static (int Length, int Written) Escape(string text, int at, int end)
    {
        if (at + 1 >= end) return (1, 1);
        switch (text[at + 1])
        {
            case 'x': return (4, 1);
            case 'u': return (6, 1);
            case 'U': return (10, text.AsSpan(at + 2, Math.Min(8, end - at - 2)) is ['0', '0', '0', '0', ..] ? 1 : 2);
        }

        if (!LineTable.IsBreak(text[at + 1])) return (2, 1);
        var stop = at + 1;
        while (stop < end && (text[stop] is ' ' or '\t' || LineTable.IsBreak(text[stop]))) stop++;
        return (stop - at, 0);
    }

    /// <summary>
    /// A value's line is the end of a source line, so the indentation is what is longer in the source.
    /// A folded block joins lines: a source line is found again in the value, then the space or line end that joins it.
    /// </summary>
    private static int[] Block(string text, int start, int end, string value)
    {
        var map = new int[value.Length + 1];
        var line = NextLine(text, start);
        var i = 0;
        while (i < value.Length && line < text.Length)
        {
            var stop = line;
            while (stop < text.Length && !LineTable.IsBreak(text[stop])) stop++;
            var blank = text.AsSpan(line, stop - line).IsWhiteSpace();
            var content = line;
            while (content < stop && text[content] == ' ' && !Matches(text, content, stop, value, i)) content++;
            for (; content < stop && i < value.Length && value[i] == text[content]; content++) map[i++] = content;
            if (i < value.Length && (LineTable.IsBreak(value[i]) || (!blank && value[i] == ' '))) map[i++] = stop;
            line = NextLine(text, stop);
        }

        var last = i > 0 ? map[i - 1] + 1 : Math.Min(end, text.Length);
        for (; i <= value.Length; i++) map[i] = last;
        return map;
    }

    private static bool Matches(string text, int from, int to, string value, int offset) =>
        to - from <= value.Length - offset && value.AsSpan(offset, to - from).SequenceEqual(text.AsSpan(from, to - from));

    private static int NextLine(string text, int at)
    {
        while (at < text.Length && !LineTable.IsBreak(text[at])) at++;
        if (at >= text.Length) return text.Length;
        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }
}
