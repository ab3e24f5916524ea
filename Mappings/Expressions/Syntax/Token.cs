namespace Mappings.Expressions.Syntax;

/// <summary>A word of an expression. <paramref name="Text"/> is the unescaped name, text, number or operator; of a regex its pattern.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End, string Flags = "", bool Quoted = false)
{
    public bool Is(string symbol) => Kind == TokenKind.Operator && string.Equals(Text, symbol, StringComparison.Ordinal);

    public string Shown => Kind switch
    {
        TokenKind.End => "(end)",
        TokenKind.Variable => "$" + Text,
        _ => Text,
    };
}
