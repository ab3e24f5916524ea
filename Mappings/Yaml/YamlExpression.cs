using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>An expression that stands in a scalar.</summary>
/// <param name="Text">The expression without the leading <c>=</c>.</param>
/// <param name="Scalar">Where it stands.</param>
/// <param name="Start">Offset of <paramref name="Text"/> in the scalar's value.</param>
public sealed record YamlExpression(string Text, YamlScalar Scalar, int Start)
{
    /// <summary>The expression of a scalar; a leading <c>= </c> is the mark of an expression and not part of it.</summary>
    public static YamlExpression From(YamlScalar scalar)
    {
        var start = scalar.Value.StartsWith("= ", StringComparison.Ordinal) ? 2 : 0;
        return new YamlExpression(scalar.Value[start..], scalar, start);
    }

    /// <summary>The place in the file of a character of <see cref="Text"/>.</summary>
    public SourcePosition PositionAt(int offset) => Scalar.PositionAt(Start + offset);
}
