namespace Mappings.Expressions.Syntax;

internal enum TokenKind : byte
{
    End,
    Name,
    Variable,
    Text,
    Number,
    True,
    False,
    Null,
    Regex,
    Operator,
}
