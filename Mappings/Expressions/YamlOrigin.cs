using Mappings.Yaml;

namespace Mappings.Expressions;

/// <summary>Joins the two ways of counting places: an expression's offsets and the scalar it stands in.</summary>
public static class YamlOrigin
{
    /// <summary>The text's pieces that stand in the file without a break: lines of a block, texts between escapes.</summary>
    public static ExpressionOrigin Of(YamlExpression text)
    {
        var expected = text.PositionAt(0);
        var places = new List<(int Line, int Column)> { (expected.Line, expected.Column) };
        var offsets = new List<int> { 0 };
        for (var i = 1; i < text.Text.Length; i++)
        {
            expected = expected with { Column = expected.Column + (char.IsLowSurrogate(text.Text[i - 1]) ? 0 : 1) };
            var found = text.PositionAt(i);
            if (found == expected || char.IsLowSurrogate(text.Text[i])) continue;
            places.Add((found.Line, found.Column));
            offsets.Add(i);
            expected = found;
        }

        return ExpressionOrigin.Lines(text.Scalar.Position.File, [.. places], [.. offsets]);
    }
}
